using Libvirt.Protocol.Remote;

namespace Libvirt;

/// <summary>Reads numbers of typed parameters without regard to their width.</summary>
internal static class TypedNumbers
{
    public static bool TryInt64(RemoteTypedParamValue value, out long number)
    {
        switch (value.Type)
        {
            case TypedParameterType.Int:
                number = value.AsInt32();
                return true;
            case TypedParameterType.UInt:
                number = value.AsUInt32();
                return true;
            case TypedParameterType.LLong:
                number = value.AsInt64();
                return true;
            case TypedParameterType.ULLong when value.AsUInt64() <= long.MaxValue:
                number = (long)value.AsUInt64();
                return true;
            default:
                number = 0;
                return false;
        }
    }

    public static bool TryUInt64(RemoteTypedParamValue value, out ulong number)
    {
        if (value.Type == TypedParameterType.ULLong)
        {
            number = value.AsUInt64();
            return true;
        }

        bool fits = TryInt64(value, out long signed) && signed >= 0;
        number = fits ? (ulong)signed : 0;
        return fits;
    }

    public static bool TryDouble(RemoteTypedParamValue value, out double number)
    {
        if (value.Type == TypedParameterType.Double)
        {
            number = value.AsDouble();
            return true;
        }

        if (value.Type == TypedParameterType.ULLong)
        {
            number = value.AsUInt64();
            return true;
        }

        bool whole = TryInt64(value, out long signed);
        number = signed;
        return whole;
    }
}
