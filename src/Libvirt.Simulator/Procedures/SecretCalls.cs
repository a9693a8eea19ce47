namespace Libvirt.Simulator;

/// <summary>Secrets.</summary>
internal static class SecretCalls
{
    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.ConnectNumOfSecrets, (c, _) => new ConnectNumOfSecretsRet { Num = c.Host.Secrets.All.Count });
        table.Serve(RemoteProcedures.ConnectListSecrets,
            (c, a) => new ConnectListSecretsRet { Uuids = [.. c.Host.Secrets.All.Select(s => s.Uuid.ToString()).Take(a.MaxUuids)] });
        table.Serve(RemoteProcedures.ConnectListAllSecrets, ListAll);
        table.Serve(RemoteProcedures.SecretLookupByUuid, (c, a) => new SecretLookupByUuidRet { Secret = c.Host.Secrets.Find(a.Uuid).Wire });
        table.Serve(RemoteProcedures.SecretLookupByUsage,
            (c, a) => new SecretLookupByUsageRet { Secret = c.Host.Secrets.Find((SecretUsageType)a.UsageType, a.UsageId).Wire });
        table.Serve(RemoteProcedures.SecretDefineXml, (c, a) => new SecretDefineXmlRet { Secret = c.Host.Secrets.Define(a.Xml).Wire });
        table.Serve(RemoteProcedures.SecretUndefine, (c, a) => c.Host.Secrets.Undefine(Find(c, a.Secret)));
        table.Serve(RemoteProcedures.SecretGetXmlDesc, (c, a) => new SecretGetXmlDescRet { Xml = XmlText.Write(Find(c, a.Secret).Xml) });
        table.Serve(RemoteProcedures.SecretSetValue, (c, a) => c.Host.Secrets.SetValue(Find(c, a.Secret), a.Value));
        table.Serve(RemoteProcedures.SecretGetValue, (c, a) => new SecretGetValueRet { Value = Value(Find(c, a.Secret)) });
    }

    private static SimulatedSecret Find(CallContext context, RemoteSecret secret) => context.Host.Secrets.Find(secret.Uuid);

    private static byte[] Value(SimulatedSecret secret)
    {
        if (secret.IsPrivate)
            throw new SimulatedFailureException(ErrorNumber.InvalidSecret, ErrorDomain.Secret, "secret is private");
        return secret.Value
            ?? throw new SimulatedFailureException(ErrorNumber.NoSecret, ErrorDomain.Secret, $"secret '{secret.Uuid}' does not have a value");
    }

    private static ConnectListAllSecretsRet ListAll(CallContext context, ConnectListAllSecretsArgs arguments)
    {
        ConnectListAllSecretsFlags flags = (ConnectListAllSecretsFlags)arguments.Flags;
        RemoteSecret[] found =
        [
            .. context.Host.Secrets.All
                .Where(s => Pair(flags, ConnectListAllSecretsFlags.Ephemeral, ConnectListAllSecretsFlags.NoEphemeral, s.IsEphemeral)
                    && Pair(flags, ConnectListAllSecretsFlags.Private, ConnectListAllSecretsFlags.NoPrivate, s.IsPrivate))
                .Select(s => s.Wire),
        ];
        return new ConnectListAllSecretsRet { Secrets = arguments.NeedResults == 0 ? [] : found, Ret = (uint)found.Length };
    }

    private static bool Pair(ConnectListAllSecretsFlags flags, ConnectListAllSecretsFlags yes, ConnectListAllSecretsFlags no, bool holds) =>
        (flags & (yes | no)) == 0 || flags.HasFlag(holds ? yes : no);
}
