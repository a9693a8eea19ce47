namespace Libvirt.Simulator;

/// <summary>The authentication that stands before everything else: none, or SASL where the simulator has users.</summary>
internal static class AuthenticationCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.ServeUnopened(RemoteProcedures.AuthList, (c, _) => new AuthListRet
        {
            Types = [c.Session.IsAuthenticated ? RemoteAuthType.None : RemoteAuthType.Sasl],
        });
        table.ServeUnopened(RemoteProcedures.AuthSaslInit, (c, _) =>
        {
            EnsureWanted(c);
            return new AuthSaslInitRet { MechanismList = ScramExchange.Mechanism };
        });
        table.ServeUnopened(RemoteProcedures.AuthSaslStart, (c, a) =>
        {
            EnsureWanted(c);
            if (a.Mech != ScramExchange.Mechanism)
                throw new SimulatedFailureException(ErrorNumber.AuthFailed, ErrorDomain.Rpc, null);
            return new AuthSaslStartRet { Complete = 0, Nil = 0, Data = c.Session.StartExchange().Start(a.Data) };
        });
        table.ServeUnopened(RemoteProcedures.AuthSaslStep, (c, a) =>
        {
            EnsureWanted(c);
            return new AuthSaslStepRet { Complete = 1, Nil = 0, Data = c.Session.FinishExchange(a.Data) };
        });
    }

    /// <summary>Whether a procedure may be called by somebody who has not said who he is.</summary>
    public static bool Precedes(Procedure procedure) =>
        procedure == RemoteProcedures.AuthList || procedure == RemoteProcedures.AuthSaslInit
        || procedure == RemoteProcedures.AuthSaslStart || procedure == RemoteProcedures.AuthSaslStep;

    private static void EnsureWanted(CallContext context)
    {
        if (context.Session.IsAuthenticated)
            throw new SimulatedFailureException(ErrorNumber.AuthFailed, ErrorDomain.Rpc, null);
    }
}
