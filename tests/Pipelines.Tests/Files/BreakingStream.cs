namespace GenAI.Pipelines.Tests.Files;

/// <summary>Gives some bytes and then fails, as a client does that goes away.</summary>
internal sealed class BreakingStream(int good) : MemoryStream(new byte[good])
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw new IOException("The connection was cut.");
    }
}
