namespace GenAI.Retrieval.Segments;

/// <summary>Constants of the segment file: header, sections aligned for direct reading, footer with places and checksums.</summary>
internal static class SegmentFormat
{
    public const ulong Magic = 0x3147455349414E47; // "GNAISEG1" in bytes

    public const int PartCount = 9;

    /// <summary>Sections begin at multiples of this, so that vectors can be read in place by any instruction.</summary>
    public const int Alignment = 64;

    /// <summary>Four counts, then offset, length and checksum of each section.</summary>
    public const int FooterLength = (4 * sizeof(uint)) + (PartCount * (sizeof(ulong) + sizeof(ulong) + sizeof(uint)));

    /// <summary>After the footer: its checksum and the magic number again.</summary>
    public const int TailLength = sizeof(uint) + sizeof(ulong);
}
