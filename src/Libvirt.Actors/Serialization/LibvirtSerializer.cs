using System.Buffers;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Libvirt.Messages;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>
/// Writes the messages of the runtime, those that are an <see cref="ILibvirtMessage"/>, for actors of other nodes. Manifests are a name and a version, such as
/// <c>call/1</c>; bodies are XDR, with the arguments, results and events as libvirt's protocol has them.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="LibvirtRuntime.For"/> and <c>WithLibvirt</c> bind it, also on nodes that have no hypervisors of their own. HOCON of the actor system can bind it as
/// well, or another one in its place; <c>hocon/reference.conf</c> shows how.
/// </para>
/// <para>
/// Its identifier is 8086, unless <c>akka.actor.serialization-identifiers</c> has another for it. All nodes must have the same. What a message carries of its
/// user's, such as correlation ids, is written by the serializers that Akka.NET has for it.
/// </para>
/// </remarks>
public sealed class LibvirtSerializer : SerializerWithStringManifest
{
    private const string Name = "libvirt";
    private const string Section = "akka.actor";
    private const int DefaultIdentifier = 8086;
    private static readonly string Self = KeyOf(typeof(LibvirtSerializer));

    private readonly MessageForms _forms;

    /// <summary>Creates the serializer of an actor system. Akka.NET calls it.</summary>
    /// <param name="system">The actor system.</param>
    public LibvirtSerializer(ExtendedActorSystem system)
        : base(system)
    {
        ArgumentNullException.ThrowIfNull(system);
        _forms = new MessageForms(system);
        Config identifiers = system.Settings.Config.GetConfig($"{Section}.serialization-identifiers");
        Identifier = ValueOf(identifiers, Self) is { } identifier ? int.Parse(identifier, System.Globalization.CultureInfo.InvariantCulture) : DefaultIdentifier;
    }

    /// <inheritdoc/>
    public override int Identifier { get; }

    /// <summary>The manifests that this release writes and reads.</summary>
    internal IEnumerable<string> Manifests => _forms.All.Select(static form => form.Manifest);

    /// <summary>
    /// Adds the defaults of the runtime, which bind the serializer, to the configuration of a system. Failures are bound too where they are not yet: Akka.Remote has a
    /// serializer for them; the one that Akka.NET has without it cannot read them.
    /// </summary>
    internal static void AddDefaults(ExtendedActorSystem system, Config defaults)
    {
        bool failuresAreBound = ValueOf(system.Settings.Config.GetConfig($"{Section}.serialization-bindings"), KeyOf(typeof(Status.Failure))) is not null;
        system.Settings.InjectTopLevelFallback(defaults);
        if (!failuresAreBound)
            system.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString($$"""{{Section}}.serialization-bindings { "{{KeyOf(typeof(Status.Failure))}}" = {{Name}} }"""));
    }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The object is not a message of the runtime.</exception>
    public override string Manifest(object o) => FormOf(o).Manifest;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The object is not a message of the runtime, or has a part that cannot be written.</exception>
    public override byte[] ToBinary(object obj)
    {
        MessageForm form = FormOf(obj);
        try
        {
            ArrayBufferWriter<byte> output = new();
            XdrWriter writer = new(output);
            form.Write(ref writer, obj);
            writer.Flush();
            return output.WrittenCount <= PayloadCodec.Limit
                ? output.WrittenSpan.ToArray()
                : throw new SerializationException($"The body has {output.WrittenCount} bytes, more than {PayloadCodec.Limit}.");
        }
        catch (Exception error)
        {
            throw new SerializationException($"The message {Describe(form.Manifest)} cannot be written: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">This release has no such manifest, or the body is not one of such a message.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        MessageForm form = _forms.Find(manifest ?? "") ?? throw new SerializationException(Unknown(manifest ?? ""));
        if (bytes.Length > PayloadCodec.Limit)
            throw new SerializationException($"The message {Describe(form.Manifest)} cannot be read: its body has {bytes.Length} bytes, more than {PayloadCodec.Limit}.");
        try
        {
            XdrReader reader = new(bytes);
            object message = form.Read(ref reader);
            reader.ExpectEnd();
            return message;
        }
        catch (Exception error)
        {
            throw new SerializationException($"The message {Describe(form.Manifest)} cannot be read: {error.Message}", error);
        }
    }

    private MessageForm FormOf(object message) => (message is null ? null : _forms.Of(message))
        ?? throw new SerializationException($"{message?.GetType().FullName ?? "null"} is not a message of the libvirt runtime that can be sent to another node.");

    private string Unknown(string manifest)
    {
        string name = manifest.Split('/')[0];
        MessageForm? known = _forms.All.FirstOrDefault(form => form.Name == name);
        return known is null
            ? $"There is no message {Describe(manifest)} in this release of Libvirt.Actors. The other node has a newer release."
            : $"There is no message {Describe(manifest)} in this release of Libvirt.Actors, which has version {known.Version}. The nodes have different releases.";
    }

    private static string Describe(string manifest)
    {
        string[] parts = manifest.Split('/', 2);
        return parts.Length == 2 ? $"'{parts[0]}', version {parts[1]}," : $"'{manifest}', without a version,";
    }

    private static string KeyOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    // A type's name has dots, so its key is not a path.
    private static string? ValueOf(Config? section, string key) => section is null || section.IsEmpty
        ? null
        : section.AsEnumerable().Where(pair => pair.Key.Trim('"') == key).Select(static pair => pair.Value.GetString()).FirstOrDefault();
}
