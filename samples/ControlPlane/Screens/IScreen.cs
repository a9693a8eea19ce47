namespace ControlPlane.Screens;

/// <summary>Shows a board to people.</summary>
internal interface IScreen
{
    /// <summary>Shows it until a task ends, and then once more.</summary>
    Task RunAsync(Task until);
}
