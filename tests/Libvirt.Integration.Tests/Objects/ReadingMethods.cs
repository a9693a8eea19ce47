using System.Reflection;

namespace Libvirt.Integration.Objects;

/// <summary>The methods of an object that only read and ask for nothing, found by their names.</summary>
internal static class ReadingMethods
{
    private static readonly string[] Verbs = ["Get", "List", "Is", "Has", "NumOf", "MemoryStats"];

    /// <summary>What a driver says that cannot or need not answer; anything else means that the question was wrong.</summary>
    private static readonly ErrorNumber[] Refusals =
    [
        ErrorNumber.NoSupport, ErrorNumber.OperationUnsupported, ErrorNumber.OperationInvalid, ErrorNumber.ConfigUnsupported,
        ErrorNumber.ArgumentUnsupported, ErrorNumber.NoDomainSnapshot, ErrorNumber.NoDomainMetadata, ErrorNumber.NoSecurityModel,
        ErrorNumber.NoSecret, ErrorNumber.AccessDenied, ErrorNumber.NoDomainBackup,
    ];

    /// <summary>
    /// Refused by the test driver for the flag that lets texts through, which the daemon sets by itself: libvirt's own client fails too.
    /// </summary>
    private static readonly string[] RefusedFlag =
        [nameof(Domain.GetLaunchSecurityInfoAsync), nameof(Domain.GetSchedulerParametersFlagsAsync)];

    /// <summary>Calls each of them.</summary>
    /// <returns>The results of those that were answered, by the method's name.</returns>
    /// <exception cref="InvalidOperationException">The daemon found fault with a call; the text names all such calls.</exception>
    public static async Task<IReadOnlyDictionary<string, object?>> CallAllAsync(object target)
    {
        Dictionary<string, object?> answers = [];
        List<string> faults = [];
        foreach (MethodInfo method in target.GetType().GetMethods().Where(IsReading))
        {
            try
            {
                answers[method.Name] = await AwaitAsync(method.Invoke(target, [.. method.GetParameters().Select(Default)])!);
            }
            catch (LibvirtRemoteException error) when (error is LibvirtNotSupportedException || Refusals.Contains(error.Code))
            {
                // The driver has no answer: what the call looked like was right.
            }
            catch (LibvirtRemoteException error) when (RefusedFlag.Contains(method.Name) && error.Code == ErrorNumber.InvalidArg)
            {
                // As said above.
            }
            catch (LibvirtRemoteException error)
            {
                faults.Add($"{target.GetType().Name}.{method.Name}: {error.Code}: {error.Message}");
            }
        }

        return faults.Count == 0 ? answers : throw new InvalidOperationException(string.Join('\n', faults));
    }

    private static bool IsReading(MethodInfo method) =>
        method.Name.EndsWith("Async", StringComparison.Ordinal)
        && Verbs.Any(v => method.Name.StartsWith(v, StringComparison.Ordinal))
        && method.ReturnType.IsGenericType
        && method.GetParameters().All(p => p.HasDefaultValue);

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue ?? (parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None : null);

    private static async Task<object?> AwaitAsync(object valueTask)
    {
        Task task = (Task)valueTask.GetType().GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(valueTask, null)!;
        await task;
        return task.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(task);
    }
}
