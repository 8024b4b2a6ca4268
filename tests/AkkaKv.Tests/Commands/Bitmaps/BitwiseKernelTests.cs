using AkkaKv.Commands.Commands.Bitmaps;

namespace AkkaKv.Tests.Commands.Bitmaps;

public class BitwiseKernelTests
{
    [Theory]
    [InlineData(BitwiseOperation.And)]
    [InlineData(BitwiseOperation.Or)]
    [InlineData(BitwiseOperation.Xor)]
    public void Folding_agrees_with_working_byte_by_byte_and_a_short_source_counts_as_zero_filled(BitwiseOperation operation)
    {
        Random random = new(21);
        for (int length = 0; length < 150; length++)
        {
            byte[] result = new byte[length];
            byte[] source = new byte[random.Next(length + 1)];
            random.NextBytes(result);
            random.NextBytes(source);
            byte[] expected = new byte[length];
            for (int i = 0; i < length; i++)
            {
                int other = i < source.Length ? source[i] : 0;
                expected[i] = (byte)(operation switch
                {
                    BitwiseOperation.And => result[i] & other,
                    BitwiseOperation.Or => result[i] | other,
                    _ => result[i] ^ other,
                });
            }

            BitwiseKernel.Fold(operation, result, source);
            Assert.Equal(expected, result);
        }
    }

    [Fact]
    public void Inverting_turns_every_byte()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] result = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
            BitwiseKernel.Invert(result);
            Assert.Equal(Enumerable.Range(0, length).Select(i => (byte)~i), result);
        }
    }
}
