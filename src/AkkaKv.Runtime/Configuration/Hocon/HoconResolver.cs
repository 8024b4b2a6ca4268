namespace Akka.Configuration.Hocon;

/// <summary>
/// Gives every substitution of a document its value: from the document, else from the environment. Then checks that no value
/// contains itself and that no text is joined with an array or object.
/// </summary>
internal sealed class HoconResolver(HoconValue root, IReadOnlyList<HoconSubstitution> substitutions)
{
    private readonly HashSet<HoconSubstitution> _started = [];
    private readonly HashSet<HoconValue> _inside = [];
    private readonly HashSet<HoconValue> _checked = [];

    public void Resolve()
    {
        foreach (var substitution in substitutions) Resolve(substitution);
        if (substitutions.Count == 0) return;
        Check(root, null);
        RemoveNothing(root);
    }

    /// <summary>A field whose optional substitutions found nothing does not exist.</summary>
    private static void RemoveNothing(HoconValue value)
    {
        foreach (var part in value.Values.OfType<HoconObject>())
        {
            foreach (var (key, field) in part.Items.ToArray())
            {
                if (field.IsNothing) part.Items.Remove(key);
                else RemoveNothing(field);
            }
        }
    }

    private void Resolve(HoconSubstitution substitution)
    {
        if (!_started.Add(substitution)) return;
        var path = HoconPath.Split(substitution.Path);
        var value = FindForItself(substitution, path)
            ?? (substitution.IncludedAt.Count > 0 ? Find(root, [.. substitution.IncludedAt, .. path]) : null)
            ?? (IsItself(substitution, path) ? null : Find(root, path))
            ?? substitution.ResolvedValue;
        foreach (var part in value?.Values.OfType<HoconSubstitution>() ?? []) Resolve(part);
        if (value is { IsNothing: true }) value = null;
        if (value is null && Environment.GetEnvironmentVariable(string.Join('.', path)) is { } variable) value = HoconValue.OfText(variable);
        if (value is null && !substitution.IsOptional)
            throw At(substitution, $"${{{substitution.Path}}} is neither set here nor an environment variable");
        substitution.ResolvedValue = value;
    }

    /// <summary>A reference of a field to itself means what the field was before.</summary>
    private HoconValue? FindForItself(HoconSubstitution substitution, List<string> path) =>
        IsItself(substitution, path) && substitution.Field!.Prior is { } prior ? Find(prior, path.Skip(substitution.FieldPath!.Count)) : null;

    private static bool IsItself(HoconSubstitution substitution, List<string> path) =>
        substitution.FieldPath is { Count: > 0 } field && path.Count >= field.Count && field.SequenceEqual(path.Take(field.Count));

    private HoconValue? Find(HoconValue start, IEnumerable<string> keys)
    {
        var current = start;
        foreach (var key in keys)
        {
            for (var value = current; value is not null; value = value.Prior)
                foreach (var part in value.Values.OfType<HoconSubstitution>()) Resolve(part);
            if (current.GetObject()?.GetKey(key) is not { } next) return null;
            current = next;
        }
        return current;
    }

    private void Check(HoconValue value, HoconSubstitution? via)
    {
        if (_checked.Contains(value)) return;
        if (!_inside.Add(value)) throw At(via, $"${{{via?.Path}}} refers to itself");
        foreach (var part in value.Values)
        {
            switch (part)
            {
                case HoconSubstitution { ResolvedValue: { } target } substitution:
                    Check(target, substitution);
                    break;
                case HoconObject fields:
                    foreach (var field in fields.Items.Values) Check(field, via);
                    break;
                case HoconArray elements:
                    foreach (var element in elements) Check(element, via);
                    break;
            }
        }
        var parts = value.Meaning().ToList();
        if (parts.Count > 1 && !parts.TrueForAll(p => p.IsString()) && !parts.TrueForAll(p => p.IsArray())
            && !parts.TrueForAll(p => p is IMightBeAHoconObject o && o.IsObject()))
        {
            throw At(value.Values.OfType<HoconSubstitution>().FirstOrDefault(), "texts, arrays and objects cannot be joined with each other");
        }
        _inside.Remove(value);
        _checked.Add(value);
    }

    private static ConfigurationException At(HoconSubstitution? substitution, string problem) =>
        new(substitution is null ? problem + "." : $"Line {substitution.Position.Line}, column {substitution.Position.Column}: {problem}.");
}
