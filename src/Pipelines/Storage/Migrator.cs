using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.Storage;

/// <summary>Brings a database to the newest schema, one transaction a step, or refuses and leaves it untouched.</summary>
internal sealed class Migrator(IReadOnlyList<Migration> migrations, TimeProvider time)
{
    private const string VersionTable =
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            applied_at BIGINT NOT NULL
        )
        """;

    public void Run(SqliteConnection connection)
    {
        connection.Execute(VersionTable);
        var applied = connection
            .Query<(long Version, string Name, string Fingerprint)>("SELECT version, name, fingerprint FROM schema_migrations ORDER BY version")
            .ToList();
        RefuseWhatIsNotOurs(applied, connection.DataSource);
        foreach (var migration in migrations.Skip(applied.Count))
        {
            Apply(connection, migration);
        }
    }

    private void RefuseWhatIsNotOurs(List<(long Version, string Name, string Fingerprint)> applied, string path)
    {
        if (applied.Count > migrations.Count)
        {
            throw new StorageException(string.Create(CultureInfo.InvariantCulture,
                $"'{path}' has schema version {applied[^1].Version}, and this program knows up to {migrations.Count}: a newer version has written it. Start that version, or set GENAI_DATA to another folder."));
        }

        for (var index = 0; index < applied.Count; index++)
        {
            if (applied[index].Version != index + 1 || applied[index].Fingerprint != migrations[index].Fingerprint)
            {
                throw new StorageException(string.Create(CultureInfo.InvariantCulture,
                    $"'{path}' was made by another build: its schema step {applied[index].Version} ('{applied[index].Name}') is not the one this program knows. Nothing was changed. Start the build that made it, or set GENAI_DATA to another folder."));
            }
        }
    }

    private void Apply(SqliteConnection connection, Migration migration)
    {
        using var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute(migration.Sql, transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_migrations (version, name, fingerprint, applied_at) VALUES (@Version, @Name, @Fingerprint, @AppliedAt)",
                new { migration.Version, migration.Name, migration.Fingerprint, AppliedAt = time.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction);
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            throw new StorageException(string.Create(CultureInfo.InvariantCulture,
                $"Schema step {migration.Version} ('{migration.Name}') failed on '{connection.DataSource}' and was taken back: {exception.Message}"), exception);
        }
    }
}
