namespace Libvirt.Simulator;

/// <summary>The authentication that stands before everything else. The simulator asks for none.</summary>
internal static class AuthenticationCalls
{
    public static void Register(ProcedureTableBuilder table) =>
        table.ServeUnopened(RemoteProcedures.AuthList, (_, _) => new AuthListRet { Types = [RemoteAuthType.None] });
}
