using System.Text;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Tests.Persistence;

/// <summary>Stores with values of every type and size, from a seed.</summary>
internal static class RandomStore
{
    private const long FarAway = 1_900_000_000_000;

    /// <summary>A store with so many keys of each type.</summary>
    public static Store Create(int seed, int keysOfEachType)
    {
        var random = new Random(seed);
        var store = new Store();
        for (var number = 0; number < keysOfEachType; number++)
        {
            // Mostly small, some beyond every limit, so that both forms of each type are there.
            var size = number % 7 == 0 ? random.Next(1, number % 21 == 0 ? 20_000 : 3000) : random.Next(1, 40);
            var database = store[number % 3 * 7];
            AddString(database, $"string:{number}", random);
            AddList(database, $"list:{number}", size, random);
            AddSet(database, $"set:{number}", size, random);
            AddIntegers(database, $"integers:{number}", size, random);
            AddHash(database, $"hash:{number}", size, random);
            AddSortedSet(database, $"zset:{number}", size, random);
            AddStream(database, $"stream:{number}", size, random);
        }

        return store;
    }

    private static void AddString(Database database, string key, Random random) =>
        database.SetString(Bytes(key), Text(random), random.Next(3) == 0 ? FarAway + random.Next() : Database.NoExpiry);

    private static void AddList(Database database, string key, int size, Random random)
    {
        var list = database.CreateList(Bytes(key));
        for (var element = 0; element < size; element++)
            list.PushLast(Text(random));
        Expire(database, key, random);
    }

    private static void AddSet(Database database, string key, int size, Random random)
    {
        var set = database.CreateSet(Bytes(key));
        for (var member = 0; member < size; member++)
            set.Add(Text(random));
        Expire(database, key, random);
    }

    private static void AddIntegers(Database database, string key, int size, Random random)
    {
        var set = database.CreateSet(Bytes(key));
        var bits = random.Next(8, 63);
        for (var member = 0; member < size; member++)
            set.Add(Bytes($"{random.NextInt64(-1L << bits, 1L << bits)}"));
        Expire(database, key, random);
    }

    private static void AddHash(Database database, string key, int size, Random random)
    {
        var hash = database.CreateHash(Bytes(key));
        for (var field = 0; field < size; field++)
            hash.Set(Text(random), Text(random));
        Expire(database, key, random);
    }

    private static void AddSortedSet(Database database, string key, int size, Random random)
    {
        var set = database.CreateSortedSet(Bytes(key));
        for (var member = 0; member < size; member++)
        {
            // No negative zero: compact sorted sets have none, as in Redis.
            set.Set(Text(random), random.Next(8) switch
            {
                0 => double.PositiveInfinity,
                1 => double.NegativeInfinity,
                2 => random.Next(-1000, 1000),
                3 => 0.5,
                4 => 1e300 * random.NextDouble(),
                5 => 1L << random.Next(62),
                _ => random.NextDouble() - 0.5,
            });
        }

        Expire(database, key, random);
    }

    private static void AddStream(Database database, string key, int size, Random random)
    {
        var stream = database.CreateStream(Bytes(key));
        var ids = new List<StreamId>();
        for (var entry = 0; entry < size; entry++)
        {
            var id = new StreamId((ulong)(1000 + (entry / 3 * random.Next(1, 50))), 0);
            if (id <= stream.View.LastId)
                stream.View.LastId.TryNext(out id);
            stream.Add(id, new Fields(random));
            ids.Add(id);
        }

        for (var deleted = random.Next(size); deleted > 0; deleted--)
            stream.Delete(ids[random.Next(ids.Count)]);
        for (var number = 0; number < random.Next(3); number++)
        {
            stream.Groups.TryCreate(Bytes($"group:{number}"), ids[random.Next(ids.Count)], random.Next(-1, 5), out var group);
            for (var consumers = 0; consumers < random.Next(4); consumers++)
            {
                var consumer = stream.Groups.CreateConsumer(group, Bytes($"consumer:{consumers}"), FarAway);
                for (var pending = random.Next(5); pending > 0; pending--)
                    stream.Groups.SetPending(group, consumer, ids[random.Next(ids.Count)], FarAway, random.Next(1, 9));
            }
        }

        Expire(database, key, random);
    }

    private static void Expire(Database database, string key, Random random)
    {
        if (random.Next(3) == 0)
            database.SetExpiry(Bytes(key), FarAway + random.Next());
    }

    private static byte[] Text(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return Bytes($"{random.Next(-200, 200)}");
            case 1:
                return Bytes($"{random.NextInt64()}");
            case 2:
                return Bytes(new string((char)random.Next('a', 'e'), random.Next(0, 200)));
            case 3:
                var bytes = new byte[random.Next(0, 30)];
                random.NextBytes(bytes);
                return bytes;
            default:
                return Bytes($"element:{random.Next(100_000)}");
        }
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private sealed class Fields(Random random) : IStreamFields
    {
        private readonly byte[][] _texts = [.. Enumerable.Range(0, random.Next(1, 4) * 2).Select(number => number == 0 ? Bytes("name") : Text(random))];

        public int Count => _texts.Length / 2;

        public ReadOnlySpan<byte> Field(int index) => _texts[index * 2];

        public ReadOnlySpan<byte> Value(int index) => _texts[(index * 2) + 1];
    }
}
