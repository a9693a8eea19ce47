namespace Libvirt.Hosting.Tests.Hocon;

public sealed class SyntaxTests
{
    [Theory]
    // Separators and braces.
    [InlineData("a = 1", "a=1")]
    [InlineData("a : 1", "a=1")]
    [InlineData("{ a = 1 }", "a=1")]
    [InlineData("# first\n{\n a = 1\n}\n# last\n", "a=1")]
    [InlineData("a { b = 1 }", "a.b=1")]
    [InlineData("a = { b = 1 }", "a.b=1")]
    [InlineData("a\n{\n b = 1 }", "a.b=1")]
    [InlineData("a { b = 1 }, c = 2", "a.b=1; c=2")]
    [InlineData("a = 1, b = 2", "a=1; b=2")]
    [InlineData("a = 1\nb = 2\n\n\n", "a=1; b=2")]
    [InlineData("a = 1,\nb = 2,\n", "a=1; b=2")]
    [InlineData("{\"a\": {\"b\": [1, \"2\", true, null]}, \"c\": -1.5e3}", "a.b.0=1; a.b.1=2; a.b.2=true; c=-1.5e3")]
    [InlineData("", "")]
    [InlineData("  \n # only a comment\n", "")]
    [InlineData("a = 1\r\nb = 2\r\n", "a=1; b=2")]
    // Comments.
    [InlineData("a = 1 # one\nb = 2 // two", "a=1; b=2")]
    [InlineData("# x = 1\n// y = 2\na = 1 #", "a=1")]
    [InlineData("a = [ # first\n 1 // one\n 2 ]", "a.0=1; a.1=2")]
    [InlineData("a = \"# // no comment\"", "a=# // no comment")]
    [InlineData("a = x/y", "a=x/y")]
    // Keys.
    [InlineData("a.b.c = 1", "a.b.c=1")]
    [InlineData("a.b = 1\na { c = 2 }", "a.b=1; a.c=2")]
    [InlineData("\"a b\".c = 1", "a b.c=1")]
    [InlineData("a.\"b.c\".d = 1", "a.b.c.d=1")]
    [InlineData("max-in-flight = 5", "max-in-flight=5")]
    [InlineData("\"include\" = 1", "include=1")]
    [InlineData("includes = 1", "includes=1")]
    [InlineData("include.a = 1", "include.a=1")]
    // Strings.
    [InlineData("a = \"x\\ty\\u00e9\\\\\\/\\\"\"", "a=x\ty\u00e9\\/\"")]
    [InlineData("a = \"\"", "a=")]
    [InlineData("a = \"\"\"x \"y\" \\n z\"\"\"", "a=x \"y\" \\n z")]
    [InlineData("a = \"\"\"l1\nl2\"\"\"\nb = 1", "a=l1\nl2; b=1")]
    [InlineData("a = /var/lib/libvirt", "a=/var/lib/libvirt")]
    [InlineData("a = 10s", "a=10s")]
    // null.
    [InlineData("null = null", "null=~")]
    [InlineData("a = nullable", "a=nullable")]
    // Values side by side.
    [InlineData("a = the  quick   fox  ", "a=the  quick   fox")]
    [InlineData("a = \"x\" y \"z\"", "a=x y z")]
    [InlineData("a = [1] [2, 3]", "a.0=1; a.1=2; a.2=3")]
    [InlineData("a = { b = 1 } { c = 2 }", "a.b=1; a.c=2")]
    [InlineData("a = [1, 2,]", "a.0=1; a.1=2")]
    [InlineData("a = [1\n2\n\n3]", "a.0=1; a.1=2; a.2=3")]
    [InlineData("a = [{ b = 1 }, [x]]", "a.0.b=1; a.1.0=x")]
    [InlineData("a = []", "")]
    [InlineData("a = {}", "")]
    // Merging.
    [InlineData("a = 1\na = 2", "a=2")]
    [InlineData("a { b = 1, c = 1 }\na { c = 2, d = 2 }", "a.b=1; a.c=2; a.d=2")]
    [InlineData("a { b = 1 }\na = null\na { c = 2 }", "a.c=2")]
    [InlineData("a { b = 1 }\na = 5", "a=5")]
    [InlineData("a = 5\na { b = 1 }", "a.b=1")]
    [InlineData("a = [1, 2]\na = [3]", "a.0=3")]
    public void Text_yields_its_settings(string text, string settings) => Assert.Equal(settings, Text.Settings(text));

    [Fact]
    public void Keys_are_found_in_any_case()
    {
        Assert.Equal("5", Text.Read("libvirt.defaults.max-in-flight = 5")["Libvirt:Defaults:MAX-IN-FLIGHT"]);
    }

    [Fact]
    public void Keys_that_differ_only_in_case_are_refused()
    {
        Assert.Contains("'A' is there twice", Text.Refused("a = 1\nA = 2").Message, StringComparison.Ordinal);
    }
}
