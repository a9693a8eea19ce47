using Libvirt.Hosting.Hocon;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("a = 1\nb = ${a}", "a=1; b=1")]
    [InlineData("b = ${a}\na = 1", "a=1; b=1")]
    [InlineData("b = ${a}\na = 1\na = 2", "a=2; b=2")]
    [InlineData("a.b.c = 1\nd = ${a.b.c}", "a.b.c=1; d=1")]
    [InlineData("a.b = 1\nd = ${a}", "a.b=1; d.b=1")]
    [InlineData("a.b = 1\nd = ${a}\ne = ${d.b}", "a.b=1; d.b=1; e=1")]
    [InlineData("a = [1]\nb = ${a}", "a.0=1; b.0=1")]
    [InlineData("\"x.y\" = 1\nb = ${\"x.y\"}", "b=1; x.y=1")]
    [InlineData("a = x\nb = pre-${a}-post", "a=x; b=pre-x-post")]
    [InlineData("host = hv1\nuri = \"qemu+tls://\"${host}/system", "host=hv1; uri=qemu+tls://hv1/system")]
    [InlineData("a = x\nb = ${a} ${a}", "a=x; b=x x")]
    [InlineData("a = \"${b}\"", "a=${b}")]
    [InlineData("a = x\nb = \"\"${a}\"\"${a}\"y\"", "a=x; b=xxy")]
    [InlineData("l = [1]\nm = ${l} [2] ${l}", "l.0=1; m.0=1; m.1=2; m.2=1")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }\nbar { foo = 43 }", "bar.baz=43; bar.foo=43")]
    [InlineData("a { b = ${c.d}, e = 1 }\nc { d = 2, f = ${a.e} }", "a.b=2; a.e=1; c.d=2; c.f=1")]
    [InlineData("PATHnull = null\nbnull = ${PATHnull}", "PATHnull=~; bnull=~")]
    [InlineData("a = ${nowhere}\na = 1", "a=1")]
    public void Reference_is_replaced_by_the_setting_it_names(string text, string settings) => Assert.Equal(settings, Text.Settings(text));

    [Theory]
    [InlineData("b = ${?LIBVIRT_TEST_UNSET}", "")]
    [InlineData("b = 1\nb = ${?LIBVIRT_TEST_UNSET}", "b=1")]
    [InlineData("b = 1, b = ${?LIBVIRT_TEST_UNSET}, c = 2", "b=1; c=2")]
    [InlineData("a { b = 1, b = ${?LIBVIRT_TEST_UNSET} }", "a.b=1")]
    [InlineData("a.b = 1\na.b = ${?LIBVIRT_TEST_UNSET} # a comment", "a.b=1")]
    [InlineData("b = x${?LIBVIRT_TEST_UNSET}y", "b=xy")]
    [InlineData("b = [1, ${?LIBVIRT_TEST_UNSET}, 2]", "b.0=1; b.1=2")]
    [InlineData("b = [${?LIBVIRT_TEST_UNSET}]", "")]
    public void Setting_keeps_its_value_when_the_optional_variable_is_not_set(string text, string settings) =>
        Assert.Equal(settings, Text.Settings(text));

    [Fact]
    public void Environment_variable_is_used_when_the_text_has_no_such_setting()
    {
        string path = Environment.GetEnvironmentVariable("PATH")!;

        Assert.Equal(path, Text.Read("a = ${PATH}")["a"]);
        Assert.Equal(path, Text.Read("a = default, a = ${?PATH}")["a"]);
        Assert.Equal($"x {path} y", Text.Read("a = x ${?PATH} y")["a"]);
        Assert.Equal("mine", Text.Read("PATH = mine, a = ${PATH}")["a"]);
    }

    [Fact]
    public void Value_of_a_variable_is_not_parsed()
    {
        const string Name = "LIBVIRT_TEST_SPECIAL";
        const string Value = "\"{ a = ${b} \\ # \t";
        Environment.SetEnvironmentVariable(Name, Value + "end");

        Assert.Equal(Value + "end", Text.Read($"a = ${{?{Name}}}")["a"]);
        Assert.Equal(Value + "end", Text.Read($"a = ${{{Name}}}")["a"]);
    }

    [Theory]
    [InlineData("a = 1\nb = ${c}", 2, 5, "'c' is neither a setting of this text nor an environment variable")]
    [InlineData("a = 1\nb = ${a.c}", 2, 5, "'a.c' is neither a setting")]
    [InlineData("a = ${a}", 1, 5, "'a' refers to itself")]
    [InlineData("a = ${b}\nb = ${a}", 1, 5, "refers to itself")]
    [InlineData("a = ${b}\nb = ${c}x\nc = ${a}y", 1, 5, "refers to itself")]
    [InlineData("a = ${b}\nb = ${c}x\nc = [${a}]", 2, 5, "a list cannot stand beside another value")]
    [InlineData("a = ${b}\nb = ${a}\nc = ${a.x}", 1, 5, "refers to itself")]
    [InlineData("a { x = ${a} }", 1, 1, "nested more than")]
    [InlineData("a = [1]\nb = x ${a}", 2, 7, "a list cannot stand beside another value")]
    [InlineData("a { x = 1 }\nb = [1] ${a}", 2, 9, "a list cannot stand beside another value")]
    [InlineData("a { x = 1 }\nb = x ${a}", 2, 7, "'a' is an object, which cannot stand beside another value")]
    [InlineData("a = ${?b.c}", 1, 5, "only an environment variable can be optional")]
    public void Reference_that_cannot_be_resolved_is_refused_with_its_position(string text, int line, int column, string problem)
    {
        HoconException refused = Text.Refused(text);

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
    }

    [Fact]
    public void Chain_of_references_is_followed() =>
        Assert.Equal("end", Text.Read("v0 = end\n" + string.Concat(Enumerable.Range(1, 100).Select(static i => $"v{i} = ${{v{i - 1}}}\n")))["v100"]);
}
