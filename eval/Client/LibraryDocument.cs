using System.Text;

namespace GenAI.Eval.Client;

/// <summary>A document to upload.</summary>
/// <param name="Id">Id of the data set.</param>
/// <param name="FileName">Name that the server sees.</param>
/// <param name="Open">Opens its bytes; the caller disposes the stream.</param>
internal sealed record LibraryDocument(string Id, string FileName, Func<Stream> Open)
{
    public static LibraryDocument FromText(string id, string text) =>
        new(id, id + ".txt", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    public static LibraryDocument FromFile(string id, string path) =>
        new(id, Path.GetFileName(path), () => File.OpenRead(path));
}
