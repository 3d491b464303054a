namespace GenAI.Pipelines.Parsing;

/// <summary>What kept a file from being read.</summary>
public enum ParseFailure
{
    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>No parser reads this kind of file.</summary>
    Unsupported,

    /// <summary>The name promises one format, the bytes are another.</summary>
    WrongFormat,

    /// <summary>The file is damaged or breaks the rules of its format.</summary>
    Malformed,

    /// <summary>A password is needed.</summary>
    Encrypted,

    /// <summary>The file or its text is over a limit.</summary>
    TooLarge,

    /// <summary>Reading took longer than the limit.</summary>
    TooSlow,

    /// <summary>Reading needed more memory than the limit.</summary>
    OutOfMemory,

    /// <summary>The file was read and holds no text, as a scan does.</summary>
    NoText,

    /// <summary>The program that reads this kind of file is missing or broken on this machine.</summary>
    Unavailable,
}
