namespace GenAI.Gateway.Tests.Support;

/// <summary>A file on a disk with little room: as much as fits is written, then the write fails as the operating system has it (ENOSPC).</summary>
internal sealed class FullDisk(string path) : FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
{
    private const int NoSpace = 28;

    /// <summary>Bytes that still fit.</summary>
    public int Room { get; set; } = int.MaxValue;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var fits = Math.Min(Room, buffer.Length);
        base.Write(buffer[..fits]);
        Room -= Room == int.MaxValue ? 0 : fits;
        if (fits < buffer.Length)
        {
            throw new IOException("No space left on device", NoSpace);
        }
    }
}
