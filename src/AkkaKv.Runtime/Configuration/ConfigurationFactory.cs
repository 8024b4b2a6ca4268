using System.Reflection;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Creates <see cref="Config"/> objects from HOCON texts.</summary>
public class ConfigurationFactory
{
    /// <summary>A configuration without any setting.</summary>
    public static Config Empty => new(new HoconRoot(HoconValue.OfObject(new HoconObject())));

    /// <summary>Parses a HOCON text that contains no includes.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <summary>Parses a HOCON text; <paramref name="includeCallback"/> supplies the content for each <c>include "name"</c>.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    public static Config ParseString(string hocon, Func<string, HoconRoot?>? includeCallback) => new(Parser.Parse(hocon, includeCallback));

    /// <summary>The configuration of the hosting application. This runtime reads no application file by itself, so it is empty.</summary>
    public static Config Load() => Empty;

    /// <summary>The reference configuration: every <c>akka.</c> setting of this runtime with its default.</summary>
    public static Config Default() => ReferenceConfiguration.Value;

    /// <summary>Parses an embedded resource of the assembly that contains <typeparamref name="TAssembly"/>.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Parses an embedded resource of the assembly that contains the type of <paramref name="instanceInAssembly"/>.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly) => instanceInAssembly switch
    {
        Type type => FromResource(resourceName, type.Assembly),
        Assembly assembly => FromResource(resourceName, assembly),
        _ => FromResource(resourceName, instanceInAssembly.GetType().Assembly),
    };

    /// <summary>Parses an embedded resource of <paramref name="assembly"/>.</summary>
    /// <exception cref="ConfigurationException">There is no such resource, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"Assembly {assembly.GetName().Name} has no embedded resource {resourceName}.");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}
