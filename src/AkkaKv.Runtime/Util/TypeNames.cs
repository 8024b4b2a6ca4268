using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Akka.Util;

/// <summary>Finds the types that a configuration names. Configuration is the operator's own text; no name from the wire comes here.</summary>
internal static class TypeNames
{
    /// <summary>
    /// The type called <paramref name="name"/> (<c>Namespace.Type, Assembly</c>) if it exists and is a <paramref name="kind"/>, else null.
    /// Names of Akka.NET's own assemblies are found in this runtime under the same namespace.
    /// </summary>
    public static Type? Find(string? name, Type kind)
    {
        var type = FindAny(name);
        return type is not null && kind.IsAssignableFrom(type) && !type.IsAbstract ? type : null;
    }

    /// <summary>The type called <paramref name="name"/>, of any kind, or null.</summary>
    public static Type? FindAny(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null : Type.GetType(name, throwOnError: false) ?? FindLoaded(name.Split(',')[0].Trim());

    private static Type? FindLoaded(string fullName)
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            if (!assembly.IsDynamic && assembly.GetType(fullName, throwOnError: false) is { } type) return type;
        return null;
    }

    /// <summary>Unwraps what a constructor or method called by reflection threw.</summary>
    [return: NotNullIfNotNull(nameof(exception))]
    public static Exception? Unwrap(Exception? exception) => exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
}
