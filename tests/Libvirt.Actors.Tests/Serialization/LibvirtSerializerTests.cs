using System.Buffers.Binary;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Serialization;

namespace Libvirt.Tests.Serialization;

public sealed class LibvirtSerializerTests : IAsyncLifetime
{
    private readonly LibvirtRuntime _runtime = LibvirtRuntime.Create("serializer");

    private LibvirtSerializer Serializer => (LibvirtSerializer)_runtime.System.Serialization.FindSerializerForType(typeof(CancelCall));

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Theory]
    [InlineData("no-such-message/1", "'no-such-message', version 1")]
    [InlineData("call/2", "'call', version 2, in this release of Libvirt.Actors, which has version 1")]
    [InlineData("call", "'call', without a version")]
    [InlineData("", "''")]
    public void An_unknown_manifest_is_an_error_that_names_it_and_its_version(string manifest, string text) =>
        Assert.Contains(text, Assert.Throws<SerializationException>(() => Serializer.FromBinary([], manifest)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_truncation_of_every_message_is_an_error_that_names_the_manifest()
    {
        foreach (object message in SampleMessages.All(_runtime.Guardian).Concat<object>(SampleMessages.Failures))
        {
            string manifest = Serializer.Manifest(message);
            byte[] bytes = Serializer.ToBinary(message);
            for (int length = 0; length < bytes.Length; length += length < 256 ? 1 : 61)
            {
                SerializationException error = Assert.Throws<SerializationException>(() => Serializer.FromBinary(bytes[..length], manifest));
                Assert.Contains($"'{manifest.Split('/')[0]}', version 1,", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Bytes_behind_a_message_are_an_error()
    {
        foreach (object message in SampleMessages.All(_runtime.Guardian).Concat<object>(SampleMessages.Failures))
            Assert.Throws<SerializationException>(() => Serializer.FromBinary([.. Serializer.ToBinary(message), 0, 0, 0, 0], Serializer.Manifest(message)));
    }

    [Fact]
    public void A_length_beyond_the_bytes_is_an_error_before_anything_is_allocated()
    {
        byte[] bytes = Serializer.ToBinary(new LibvirtBatch(RemoteProcedures.ConnectGetHostname.Call()));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<SerializationException>(() => Serializer.FromBinary(bytes, "batch/1"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
    }

    [Fact]
    public void A_body_that_is_too_large_is_an_error()
    {
        byte[] bytes = new byte[PayloadCodec.Limit + 4];

        Assert.Contains("bytes, more than", Assert.Throws<SerializationException>(() => Serializer.FromBinary(bytes, "call/1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_procedure_that_is_not_libvirts_cannot_be_sent()
    {
        Procedure<XdrVoid, XdrVoid> invented = new(RemoteProcedures.Program, 1, 9999, "INVENTED");

        SerializationException error = Assert.Throws<SerializationException>(() => Serializer.ToBinary(invented.Call()));

        Assert.Contains("INVENTED", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_is_no_message_is_an_error() =>
        Assert.Contains("System.Object", Assert.Throws<SerializationException>(() => Serializer.Manifest(new object())).Message, StringComparison.Ordinal);

    [Fact]
    public void The_identifier_is_8086_and_can_be_configured()
    {
        Assert.Equal(8086, Serializer.Identifier);
        Config config = ConfigurationFactory.ParseString("""akka.actor.serialization-identifiers { "Libvirt.Serialization.LibvirtSerializer, Libvirt.Actors" = 4711 }""");
        using ActorSystem system = ActorSystem.Create("identified", config.WithFallback(ReferenceConfig.Silent));
        LibvirtRuntime.For(system);

        Assert.Equal(4711, system.Serialization.FindSerializerForType(typeof(CancelCall)).Identifier);
    }

    [Fact]
    public void A_serializer_that_the_program_binds_is_used_in_its_place()
    {
        Config config = ConfigurationFactory.ParseString("""
            akka.actor {
              serialization-bindings { "Libvirt.Messages.ILibvirtMessage, Libvirt.Actors" = json }
            }
            """);
        using ActorSystem system = ActorSystem.Create("bound", config.WithFallback(ReferenceConfig.Silent));
        LibvirtRuntime.For(system);

        Assert.IsType<NewtonSoftJsonSerializer>(system.Serialization.FindSerializerForType(typeof(CancelCall)));
    }

    [Fact]
    public void A_node_without_a_runtime_binds_it_in_its_configuration()
    {
        Config config = ConfigurationFactory.ParseString("""
            akka.actor {
              serializers { libvirt = "Libvirt.Serialization.LibvirtSerializer, Libvirt.Actors" }
              serialization-bindings { "Libvirt.Messages.ILibvirtMessage, Libvirt.Actors" = libvirt }
            }
            """);
        using ActorSystem system = ActorSystem.Create("early", config.WithFallback(ReferenceConfig.Silent));

        Assert.Equal(8086, Assert.IsType<LibvirtSerializer>(system.Serialization.FindSerializerForType(typeof(CancelCall))).Identifier);
    }
}
