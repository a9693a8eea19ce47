using System.Globalization;
using System.Text;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("a = 1\nb = ${a}", "a=1; b=1")]
    [InlineData("b = ${a}\na = 1", "a=1; b=1")]
    [InlineData("b = ${a}\na = 1\na = 2", "a=2; b=2")]
    [InlineData("a.b.c = 1\nd = ${a.b.c}", "a.b.c=1; d=1")]
    [InlineData("a.b = 1\nd = ${a}", "a.b=1; d.b=1")]
    [InlineData("a = [1]\nb = ${a}", "a.0=1; b.0=1")]
    [InlineData("\"x.y\" = 1\nb = ${\"x.y\"}", "b=1; x.y=1")]
    [InlineData("a = 1\nb = ${ a }", "a=1; b=1")]
    [InlineData("a = x\nb = pre-${a}-post", "a=x; b=pre-x-post")]
    [InlineData("host = hv1\nuri = \"qemu+tls://\"${host}/system", "host=hv1; uri=qemu+tls://hv1/system")]
    [InlineData("a = x\nb = ${a} ${a}", "a=x; b=x x")]
    [InlineData("a = \"${b}\"", "a=${b}")]
    // Optional ones that lead nowhere.
    [InlineData("b = ${?LIBVIRT_TEST_UNSET}", "")]
    [InlineData("b = 1\nb = ${?LIBVIRT_TEST_UNSET}", "b=1")]
    [InlineData("b = x${?LIBVIRT_TEST_UNSET}y", "b=xy")]
    [InlineData("b = [1, ${?LIBVIRT_TEST_UNSET}, 2]", "b.0=1; b.1=2")]
    [InlineData("b = ${?LIBVIRT_TEST_UNSET} [1]", "b.0=1")]
    [InlineData("b = ${?LIBVIRT_TEST_UNSET} { c = 1 }", "b.c=1")]
    [InlineData("b = ${?b}", "")]
    // null is a value: the environment is not asked.
    [InlineData("PATHnull = null\nbnull = ${PATHnull}", "PATHnull=~; bnull=~")]
    // Objects on top of others.
    [InlineData("base { x = 1, y = 1 }\na = ${base} { y = 2 }", "a.x=1; a.y=2; base.x=1; base.y=1")]
    [InlineData("base { x = 1, y = 1 }\na = ${base}\na.y = 2", "a.x=1; a.y=2; base.x=1; base.y=1")]
    [InlineData("base { n { x = 1 } }\na = ${base} { n { y = 2 } }", "a.n.x=1; a.n.y=2; base.n.x=1")]
    [InlineData("base.x = 1\na = ${base} { host = h, uri = \"u/\"${a.host}/${a.x} }", "a.host=h; a.uri=u/h/1; a.x=1; base.x=1")]
    [InlineData("l = [1]\nm = ${l} [2] ${l}", "l.0=1; m.0=1; m.1=2; m.2=1")]
    // Neighbours within one object, before and after an override.
    [InlineData("bar { foo = 42, baz = ${bar.foo} }", "bar.baz=42; bar.foo=42")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }\nbar { foo = 43 }", "bar.baz=43; bar.foo=43")]
    [InlineData("a { b = ${c.d}, e = 1 }\nc { d = 2, f = ${a.e} }", "a.b=2; a.e=1; c.d=2; c.f=1")]
    // A setting that refers to itself means what it was before.
    [InlineData("a = [1]\na = ${a} [2]", "a.0=1; a.1=2")]
    [InlineData("a = x\na = ${a}y\na = ${a}z", "a=xyz")]
    [InlineData("a.b = [1]\na.b = ${a.b} [2]", "a.b.0=1; a.b.1=2")]
    [InlineData("a = [1]\na = [${a}, 2]", "a.0.0=1; a.1=2")]
    [InlineData("a { x = 1 }\na = ${a} { y = ${a.x} }", "a.x=1; a.y=1")]
    [InlineData("base.l = [1]\na = ${base}\na.l = ${a.l} [2]\nc = ${a.l}", "a.l.0=1; a.l.1=2; base.l.0=1; c.0=1; c.1=2")]
    [InlineData("a = 1\nb = ${a}\na = ${a}2", "a=12; b=12")]
    // What an override hides is not looked at.
    [InlineData("a = ${nowhere}\na = 1", "a=1")]
    [InlineData("a = ${b}\nb = ${a}\na = 1", "a=1; b=1")]
    public void A_substitution_gives_what_it_names(string text, string settings) => Assert.Equal(settings, Text.Settings(text));

    [Fact]
    public void The_environment_is_asked_when_the_text_has_no_such_setting()
    {
        string home = Environment.GetEnvironmentVariable("PATH")!;

        Assert.Equal(home, Text.Read("a = ${PATH}")["a"]);
        Assert.Equal(home, Text.Read("a = default, a = ${?PATH}")["a"]);
        Assert.Equal("mine", Text.Read("PATH = mine, a = ${PATH}")["a"]);
        Assert.Equal($"x:{home}", Text.Read("PATH = \"x:\"${PATH}")["PATH"]);
    }

    [Theory]
    [InlineData("a = 1\nb = ${c}", 2, 5, "'${c}' leads nowhere")]
    [InlineData("a = 1\nb = ${a.c}", 2, 5, "'${a.c}' leads nowhere")]
    [InlineData("a = ${a}", 1, 5, "'${a}' leads nowhere")]
    [InlineData("a = ${b}\nb = ${a}", 1, 5, "in a circle: a -> b -> a")]
    [InlineData("a = ${?b}\nb = ${?a}", 1, 5, "in a circle: a -> b -> a")]
    [InlineData("a = ${b}\nb = ${c}x\nc = [${a}]", 1, 5, "in a circle: a -> b -> c -> a")]
    [InlineData("a { x = ${a} }", 1, 3, "in a circle: a -> x -> a")]
    [InlineData("a = 1\na = ${b}\nb = ${a}", 2, 5, "in a circle: a -> b -> a")]
    [InlineData("a = x\nb = ${a} { c = 1 }", 2, 5, "'${a}' is a plain value and stands beside an object")]
    [InlineData("a = [1]\nb = x ${a}", 2, 7, "an array cannot stand beside a plain value")]
    [InlineData("a { x = 1 }\nb = [1] ${a}", 2, 9, "an object cannot stand beside an array")]
    public void A_substitution_that_cannot_be_followed_is_refused_where_it_stands(string text, int line, int column, string problem)
    {
        var refused = Text.Refused(text);

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
    }

    [Fact]
    public void A_long_chain_of_substitutions_is_followed_in_the_order_of_the_text()
    {
        StringBuilder text = new("v0 = end\n");
        for (int i = 1; i <= 5000; i++)
            text.Append(CultureInfo.InvariantCulture, $"v{i} = ${{v{i - 1}}}\n");

        Assert.Equal("end", Text.Read(text.ToString())["v5000"]);
    }
}
