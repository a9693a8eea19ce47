namespace Libvirt.Tests.Objects;

public sealed class TypedParametersTests
{
    private static readonly TypedParameters Parameters = new TypedParametersBuilder
    {
        { "int", -5 }, { "uint", 5u }, { "llong", -5L }, { "ullong", ulong.MaxValue }, { "double", 0.5 }, { "boolean", true }, { "string", "secret" },
        { "twice", 1 }, { "twice", 2 },
    }.Build();

    [Fact]
    public void Each_value_keeps_the_type_it_was_added_with() => Assert.Equal(
        [
            TypedParameterType.Int, TypedParameterType.UInt, TypedParameterType.LLong, TypedParameterType.ULLong, TypedParameterType.Double,
            TypedParameterType.Boolean, TypedParameterType.String, TypedParameterType.Int, TypedParameterType.Int,
        ],
        Parameters.Select(p => p.Value.Type));

    [Theory]
    [InlineData("int", true, -5)]
    [InlineData("uint", true, 5)]
    [InlineData("llong", true, -5)]
    [InlineData("ullong", false, 0)]
    [InlineData("double", false, 0)]
    [InlineData("string", false, 0)]
    [InlineData("nothing", false, 0)]
    public void A_whole_number_of_any_width_is_read_where_it_fits(string name, bool fits, long expected)
    {
        Assert.Equal(fits, Parameters.TryGetInt64(name, out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("int", false, 0ul)]
    [InlineData("uint", true, 5ul)]
    [InlineData("ullong", true, ulong.MaxValue)]
    public void A_negative_number_is_no_unsigned_one(string name, bool fits, ulong expected)
    {
        Assert.Equal(fits, Parameters.TryGetUInt64(name, out ulong value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Any_number_is_a_double()
    {
        Assert.True(Parameters.TryGetDouble("double", out double half));
        Assert.Equal(0.5, half);
        Assert.True(Parameters.TryGetDouble("int", out double negative));
        Assert.Equal(-5, negative);
        Assert.False(Parameters.TryGetDouble("boolean", out _));
    }

    [Fact]
    public void A_name_that_is_there_twice_gives_the_first_or_all()
    {
        Assert.Equal(1, Parameters["twice"].AsInt32());
        Assert.Equal([1, 2], Parameters.All("twice").Select(v => v.AsInt32()));
    }

    [Fact]
    public void A_name_is_found_among_many_as_among_few()
    {
        TypedParametersBuilder builder = [];
        for (int i = 0; i < 100; i++)
            builder.Add($"vcpu.{i % 90}.state", i);
        TypedParameters many = builder.Build();
        Assert.Equal(7, many["vcpu.7.state"].AsInt32());
        Assert.False(many.Contains("vcpu.90.state"));
        Assert.Throws<KeyNotFoundException>(() => many["vcpu.90.state"]);
    }

    [Fact]
    public void A_text_does_not_show_unless_it_is_asked_for()
    {
        Assert.True(Parameters.TryGetString("string", out string? text));
        Assert.Equal("secret", text);
        Assert.DoesNotContain("secret", $"{Parameters} {Parameters["string"]} {Parameters[6]}", StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_without_a_name_or_value_is_added()
    {
        Assert.Throws<ArgumentException>(() => new TypedParametersBuilder().Add("", 1));
        Assert.Throws<ArgumentNullException>(() => new TypedParametersBuilder().Add("a", null!));
        Assert.Same(TypedParameters.Empty, new TypedParametersBuilder().Build());
    }
}
