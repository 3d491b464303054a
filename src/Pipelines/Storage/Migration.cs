using System.Security.Cryptography;
using System.Text;

namespace GenAI.Pipelines.Storage;

/// <summary>One step of the schema. A released step is never edited: a later step mends it.</summary>
/// <param name="Version">Counts from 1 without gaps.</param>
/// <param name="Name">What the step brings, in a few words.</param>
/// <param name="Sql">Statements both SQLite and PostgreSQL understand.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements, kept in the database to notice a step that was edited after it ran.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}
