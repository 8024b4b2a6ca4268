using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class DatabaseTests : IDisposable
{
    private readonly Store _store = new(16, hashSeed: 1, guarded: true);
    private readonly Database _database;

    public DatabaseTests()
    {
        _database = _store[0];
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void An_absent_key_does_not_exist()
    {
        Assert.False(_database.Find("nothing"u8).Exists);
        Assert.False(_database.Remove("nothing"u8));
        Assert.False(_database.SetExpiry("nothing"u8, 5));
        Assert.False(_database.Rename("nothing"u8, "other"u8));
        Assert.False(_database.MoveTo("nothing"u8, _store[1]));
        Assert.False(_database.RandomEntry(7).Exists);
        Assert.False(_database.RandomExpiringEntry(7).Exists);
        Assert.Equal(Database.NoExpiry, _database.NextExpireAtMs);
    }

    [Fact]
    public void What_is_set_is_found_with_its_value_type_and_expiry()
    {
        _database.SetString("key"u8, "value"u8, 1234);

        var entry = _database.Find("key"u8);
        Assert.True(entry.Exists);
        Assert.Equal("key", Text(entry.Key));
        Assert.Equal("value", Text(entry.StringValue));
        Assert.Equal(DataType.String, entry.Type);
        Assert.Equal(StringForm.Plain, entry.Form);
        Assert.Equal(1234, entry.ExpireAtMs);
        Assert.Equal(1, _database.Count);
        Assert.Equal(1, _database.ExpiringCount);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 10)]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    [InlineData(255, 5)]
    [InlineData(256, 5)]
    [InlineData(300, 8200)]
    [InlineData(8000, 100)]
    [InlineData(9000, 20)]
    [InlineData(70000, 70000)]
    [InlineData(16, 1_000_000)]
    public void Keys_and_values_of_any_length_are_kept(int keyLength, int valueLength)
    {
        var key = new byte[keyLength];
        var value = new byte[valueLength];
        new Random(keyLength + valueLength).NextBytes(key);
        new Random(valueLength).NextBytes(value);

        _database.SetString(key, value, Database.NoExpiry);
        Assert.True(_database.Find(key).StringValue.SequenceEqual(value));
        Assert.True(_database.SetExpiry(key, 99));
        Assert.True(_database.Find(key).StringValue.SequenceEqual(value));
        Assert.Equal(99, _database.Find(key).ExpireAtMs);
        Assert.True(_database.Rename(key, "x"u8));
        Assert.True(_database.Find("x"u8).StringValue.SequenceEqual(value));
        Assert.True(_database.MoveTo("x"u8, _store[1]));
        Assert.True(_store[1].Find("x"u8).StringValue.SequenceEqual(value));
        Assert.Equal(99, _store[1].Find("x"u8).ExpireAtMs);
        Assert.True(_store[1].Remove("x"u8));
        Assert.Equal(0, _store.UsedMemory);
    }

    [Fact]
    public void A_key_past_its_expiry_is_expired_one_millisecond_later()
    {
        _database.SetString("key"u8, "value"u8, 1000);
        Assert.False(_database.Find("key"u8).IsExpired(1000));
        Assert.True(_database.Find("key"u8).IsExpired(1001));
        _database.SetExpiry("key"u8, Database.NoExpiry);
        Assert.False(_database.Find("key"u8).IsExpired(long.MaxValue));
        Assert.Equal(0, _database.ExpiringCount);
    }

    [Fact]
    public void Setting_a_value_without_expiry_ends_the_old_expiry()
    {
        _database.SetString("key"u8, "value"u8, 1000);
        _database.SetString("key"u8, "other"u8, Database.NoExpiry);
        Assert.Equal(Database.NoExpiry, _database.Find("key"u8).ExpireAtMs);
        Assert.Equal(0, _database.ExpiringCount);
        _database.SetString("key"u8, new byte[5000], 1000);
        _database.SetString("key"u8, new byte[10], Database.NoExpiry);
        Assert.Equal(0, _database.ExpiringCount);
        Assert.Equal(1, _database.Count);
    }

    [Fact]
    public void A_value_that_fits_is_overwritten_in_place()
    {
        var before = _database.SetString("key"u8, "12345"u8, Database.NoExpiry).StringValue;
        var used = _store.UsedMemory;
        var after = _database.SetString("key"u8, "1234"u8, Database.NoExpiry).StringValue;
        Assert.True(before.Overlaps(after));
        Assert.Equal(used, _store.UsedMemory);
    }

    [Fact]
    public void A_much_shorter_value_gives_memory_back()
    {
        _database.SetString("key"u8, new byte[4000], Database.NoExpiry);
        var used = _store.UsedMemory;
        _database.SetString("key"u8, new byte[10], Database.NoExpiry);
        Assert.InRange(_store.UsedMemory, 1, used - 3900);
    }

    [Fact]
    public void An_entry_may_be_the_source_of_a_change_to_its_database()
    {
        _database.SetString("a"u8, "some value"u8, 5);
        _database.SetString("b"u8, _database.Find("a"u8).StringValue, Database.NoExpiry);
        Assert.Equal("some value", Text(_database.Find("b"u8).StringValue));

        var entry = _database.Find("a"u8);
        _database.SetString(entry.Key, entry.StringValue[5..], Database.NoExpiry);
        Assert.Equal("value", Text(_database.Find("a"u8).StringValue));

        entry = _database.Find("a"u8);
        _database.SetString(entry.Key, entry.StringValue, 77);
        Assert.Equal("value", Text(_database.Find("a"u8).StringValue));

        Assert.True(_database.Rename(_database.Find("a"u8).Key, _database.Find("b"u8).Key));
        Assert.Equal("value", Text(_database.Find("b"u8).StringValue));
        Assert.True(_database.MoveTo(_database.Find("b"u8).Key, _store[3]));
        Assert.True(_store[3].Remove(_store[3].Find("b"u8).Key));
    }

    [Fact]
    public void Resizing_keeps_content_and_expiry_and_adds_zeros()
    {
        _database.SetString("key"u8, "abc"u8, 42);
        foreach (var length in new[] { 5, 3, 100, 40, 9000, 20000, 7, 300000, 2 })
        {
            var kept = _database.Find("key"u8).StringValue.ToArray();
            var value = _database.ResizeString("key"u8, length);
            Assert.Equal(length, value.Length);
            var common = Math.Min(kept.Length, length);
            Assert.True(value[..common].SequenceEqual(kept.AsSpan(0, common)));
            Assert.False(value[common..].ContainsAnyExcept((byte)0));
            value.Fill((byte)length);
            Assert.Equal(42, _database.Find("key"u8).ExpireAtMs);
            Assert.Equal(StringForm.Raw, _database.Find("key"u8).Form);
        }

        _database.SetString("key"u8, "abc"u8, 42);
        Assert.Equal(StringForm.Plain, _database.Find("key"u8).Form);
    }

    [Fact]
    public void Resizing_an_absent_key_creates_it_with_zeros()
    {
        var value = _database.ResizeString("key"u8, 20);
        Assert.Equal(new byte[20], value.ToArray());
        Assert.Equal(1, _database.Count);
    }

    [Fact]
    public void Appending_step_by_step_moves_the_value_only_now_and_then()
    {
        var moves = 0;
        ReadOnlySpan<byte> last = default;
        for (var length = 1; length <= 200_000; length++)
        {
            ReadOnlySpan<byte> value = _database.ResizeString("key"u8, length);
            if (!value.Overlaps(last))
                moves++;
            last = value;
        }

        Assert.InRange(moves, 1, 24);
    }

    [Fact]
    public void Renaming_overwrites_the_target_and_keeps_the_expiry()
    {
        _database.SetString("from"u8, "1"u8, 10);
        _database.SetString("to"u8, "2"u8, 20);
        Assert.True(_database.Rename("from"u8, "to"u8));
        Assert.Equal("1", Text(_database.Find("to"u8).StringValue));
        Assert.Equal(10, _database.Find("to"u8).ExpireAtMs);
        Assert.False(_database.Find("from"u8).Exists);
        Assert.Equal(1, _database.Count);
        Assert.Equal(1, _database.ExpiringCount);
        Assert.True(_database.Rename("to"u8, "to"u8));
        Assert.Equal("1", Text(_database.Find("to"u8).StringValue));
    }

    [Fact]
    public void Moving_fails_where_the_target_has_the_key()
    {
        _database.SetString("key"u8, "1"u8, 10);
        _store[1].SetString("key"u8, "2"u8, Database.NoExpiry);
        Assert.False(_database.MoveTo("key"u8, _store[1]));
        Assert.Equal("1", Text(_database.Find("key"u8).StringValue));
        Assert.Throws<ArgumentException>(() => _database.MoveTo("key"u8, _database));
    }

    [Fact]
    public void The_access_clock_has_24_bits_and_survives_an_overwrite()
    {
        var entry = _database.SetString("key"u8, "value"u8, Database.NoExpiry);
        Assert.Equal(0u, entry.AccessClock);
        entry.AccessClock = 0xFFABCDEF;
        Assert.Equal(0xABCDEFu, _database.Find("key"u8).AccessClock);
        _database.SetString("key"u8, new byte[5000], 1);
        _database.ResizeString("key"u8, 50_000);
        _database.Rename("key"u8, "other"u8);
        Assert.Equal(0xABCDEFu, _database.Find("other"u8).AccessClock);
        Assert.Equal("other", Text(_database.Find("other"u8).Key));
    }

    [Fact]
    public void A_length_above_512_megabytes_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _database.ResizeString("key"u8, Database.MaxLength + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _database.ResizeString("key"u8, -1));
        Assert.False(_database.Find("key"u8).Exists);
    }

    [Fact]
    public void A_value_of_512_megabytes_is_stored_renamed_and_unlinked()
    {
        _database.ResizeString("key"u8, Database.MaxLength)[^1] = 9;
        Assert.True(_database.Rename("key"u8, "other"u8));
        var entry = _database.Find("other"u8);
        Assert.Equal(9, entry.StringValue[^1]);
        Assert.InRange(entry.MemoryUsage, Database.MaxLength, Database.MaxLength + 8192);
        Assert.True(_database.Unlink("other"u8, out var remains));
        Assert.NotNull(remains);
        Assert.Equal(0, _store.UsedMemory);
        Assert.InRange(remains.Bytes, Database.MaxLength, Database.MaxLength + 8192);
        remains.Dispose();
    }

    [Fact]
    public void Unlinking_a_small_value_leaves_nothing_to_free()
    {
        _database.SetString("key"u8, "value"u8, 5);
        Assert.True(_database.Unlink("key"u8, out var remains));
        Assert.Null(remains);
        Assert.Equal(0, _database.ExpiringCount);
    }
}
