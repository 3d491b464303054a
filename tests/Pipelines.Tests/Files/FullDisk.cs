namespace GenAI.Pipelines.Tests.Files;

/// <summary>A file on a disk with little room: as much as fits is written, then the write fails as the operating system has it (ENOSPC).</summary>
internal sealed class FullDisk(string path, int room) : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0)
{
    private const int NoSpace = 28;
    private int _room = room;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var fits = Math.Min(_room, buffer.Length);
        await base.WriteAsync(buffer[..fits], cancellationToken);
        _room -= fits;
        if (fits < buffer.Length)
        {
            throw new IOException("No space left on device", NoSpace);
        }
    }
}
