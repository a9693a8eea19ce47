namespace Libvirt.Simulator;

/// <summary>The beginnings of libvirt's error texts, by code: clients and people know errors by them.</summary>
internal static class ErrorTexts
{
    /// <summary>The whole text of an error.</summary>
    public static string Compose(ErrorNumber code, string? detail) => Pattern(code, detail is not null).Replace("%s", detail, StringComparison.Ordinal);

    /// <summary>The text with <c>%s</c> for the detail, as it travels in the error's first extra string.</summary>
    public static string Pattern(ErrorNumber code, bool hasDetail)
    {
        string? text = Text(code);
        if (text is null)
            return "%s";
        return hasDetail && !text.Contains("%s", StringComparison.Ordinal) ? $"{text}: %s" : text;
    }

    private static string? Text(ErrorNumber code) => code switch
    {
        ErrorNumber.InternalError => "internal error",
        ErrorNumber.NoSupport => "this function is not supported by the connection driver",
        ErrorNumber.NoConnect => "no connection driver available for %s",
        ErrorNumber.InvalidArg => "invalid argument",
        ErrorNumber.OperationFailed => "operation failed",
        ErrorNumber.NoName => "missing name information",
        ErrorNumber.XmlError => "XML error",
        ErrorNumber.OperationDenied => "operation forbidden",
        ErrorNumber.NoDomain => "Domain not found",
        ErrorNumber.NoNetwork => "Network not found",
        ErrorNumber.AuthFailed => "authentication failed",
        ErrorNumber.NoStoragePool => "Storage pool not found",
        ErrorNumber.NoStorageVol => "Storage volume not found",
        ErrorNumber.OperationInvalid => "Requested operation is not valid",
        ErrorNumber.InvalidSecret => "Invalid secret",
        ErrorNumber.NoSecret => "Secret not found",
        ErrorNumber.ConfigUnsupported => "unsupported configuration",
        ErrorNumber.OperationTimeout => "Timed out during operation",
        ErrorNumber.NoDomainSnapshot => "Domain snapshot not found",
        ErrorNumber.ArgumentUnsupported => "argument unsupported",
        ErrorNumber.StorageVolExist => "storage vol already exists",
        ErrorNumber.NoDomainMetadata => "metadata not found",
        ErrorNumber.OperationUnsupported => "Operation not supported",
        ErrorNumber.AgentUnresponsive => "Guest agent is not responding",
        ErrorNumber.AgentCommandFailed => "guest agent command failed",
        ErrorNumber.DeviceMissing => "device not found",
        ErrorNumber.MigrateFinishOk => "migration successfully aborted",
        ErrorNumber.SystemError => "Cannot complete the operation",
        _ => null,
    };
}
