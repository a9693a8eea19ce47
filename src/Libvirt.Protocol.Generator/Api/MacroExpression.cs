using System.Globalization;

namespace Libvirt.Protocol.Generator.Api;

/// <summary>The value of a C macro that is a sum of numbers, in parentheses or not, such as <c>(256 + 1)</c>.</summary>
internal static class MacroExpression
{
    /// <summary>The value, or null when the macro is anything else.</summary>
    public static long? Evaluate(string text)
    {
        string sum = text.Trim();
        if (sum.StartsWith('(') && sum.EndsWith(')'))
            sum = sum[1..^1];
        long total = 0;
        foreach (string term in sum.Split('+'))
        {
            if (!long.TryParse(term.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
                return null;
            total += value;
        }

        return total;
    }
}
