using System.Security.Cryptography;
using System.Text;
using Libvirt.Authentication;

namespace Libvirt.Tests.Authentication;

/// <summary>The exchanges that RFC 5802 and RFC 7677 print, and peers that do not keep to them.</summary>
public sealed class ScramMechanismTests
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerFirst = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    [Fact]
    public void The_exchange_of_rfc_7677_is_reproduced()
    {
        using ScramMechanism scram = Start();

        Assert.Equal(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            Text(scram.Answer(Bytes(ServerFirst))));
        Assert.False(scram.IsComplete);
        Assert.Null(scram.Answer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="u8));
        Assert.True(scram.IsComplete);
    }

    [Fact]
    public void The_exchange_of_rfc_5802_is_reproduced()
    {
        using ScramMechanism scram = new("SCRAM-SHA-1", HashAlgorithmName.SHA1, new LibvirtCredentials("user", "pencil"), "fyko+d2lbbFgONRv9qkxdawL");

        Assert.Equal("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", Text(scram.Start()));
        Assert.Equal(
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            Text(scram.Answer("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"u8)));
        Assert.Null(scram.Answer("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="u8));
        Assert.True(scram.IsComplete);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("r=somebodyelses,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=!!!,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=1")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=2000000000")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=-4096")]
    [InlineData("m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096")]
    public void A_first_answer_that_is_not_scrams_is_refused(string challenge)
    {
        using ScramMechanism scram = Start();

        Assert.Throws<SaslException>(() => scram.Answer(Bytes(challenge)));
    }

    [Theory]
    [InlineData("v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")]
    [InlineData("e=invalid-proof")]
    [InlineData("")]
    public void A_daemon_that_does_not_know_the_password_is_refused(string final)
    {
        using ScramMechanism scram = Start();
        scram.Answer(Bytes(ServerFirst));

        SaslException error = Assert.Throws<SaslException>(() => scram.Answer(Bytes(final)));

        Assert.False(scram.IsComplete);
        Assert.DoesNotContain("pencil", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Commas_and_equals_signs_in_a_name_are_escaped()
    {
        using ScramMechanism scram = new("SCRAM-SHA-256", HashAlgorithmName.SHA256, new LibvirtCredentials("a=b,c", "x"), Nonce);

        Assert.Equal($"n,,n=a=3Db=2Cc,r={Nonce}", Text(scram.Start()));
    }

    [Theory]
    [InlineData("I­X", "IX")]
    [InlineData("user", "user")]
    [InlineData("a b", "a b")]
    public void Names_and_passwords_are_prepared(string text, string prepared) => Assert.Equal(prepared, SaslPrep.Prepare(text));

    [Theory]
    [InlineData("\u0007")]
    [InlineData("ا1")]
    [InlineData("aב")]
    [InlineData("\uE000")]
    public void What_sasl_forbids_is_refused_and_not_repeated(string text)
    {
        SaslException error = Assert.Throws<SaslException>(() => SaslPrep.Prepare(text));

        Assert.DoesNotContain(text, error.Message, StringComparison.Ordinal);
    }

    private static ScramMechanism Start()
    {
        ScramMechanism scram = new("SCRAM-SHA-256", HashAlgorithmName.SHA256, new LibvirtCredentials("user", "pencil"), Nonce);
        Assert.Equal($"n,,n=user,r={Nonce}", Text(scram.Start()));
        return scram;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);
}
