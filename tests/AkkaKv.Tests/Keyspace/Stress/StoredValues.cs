using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Stress;

/// <summary>Reads what the store holds into ordinary collections.</summary>
internal static class StoredValues
{
    /// <summary>The value of an entry, of the database or of a snapshot.</summary>
    public static PlainValue Read(Database database, Entry entry)
    {
        var value = new PlainValue(entry.Type) { ExpireAtMs = entry.ExpireAtMs };
        switch (entry.Type)
        {
            case DataType.String:
                value.Content = Text(entry.StringValue);
                break;
            case DataType.List:
                foreach (var item in database.ReadList(entry))
                    value.Items.Add(TextOf(item));
                break;
            case DataType.Hash:
                foreach (var field in database.ReadHash(entry))
                    value.Elements.Add(TextOf(field.Name), TextOf(field.Value));
                break;
            case DataType.Set:
                foreach (var member in database.ReadSet(entry))
                    value.Elements.Add(TextOf(member), "");
                break;
            case DataType.ZSet:
                foreach (var place in database.ReadSortedSet(entry))
                    value.Elements.Add(TextOf(place.Member), PlainValue.ScoreText(place.Score));
                break;
            case DataType.Stream:
                foreach (var logged in database.ReadStream(entry).Range(StreamId.Min, StreamId.Max))
                {
                    foreach (var field in logged)
                        value.Log.Add(logged.Id, TextOf(field.Name) + TextOf(field.Value));
                }

                break;
        }

        return value;
    }

    public static string TextOf(Element element)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        return Text(element.AsBytes(scratch));
    }
}
