using Dapper;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.Storage;

/// <summary>The records of one data folder, in <c>genai.db</c>.</summary>
/// <remarks>
/// Safe for concurrent use: one connection writes, under a lock, and readers have their own and see the last commit.
/// Write-ahead logging with synchronous=FULL: what <see cref="Write{T}"/> returned survives the process and the power.
/// Calls are synchronous because SQLite is; each takes milliseconds at most.
/// </remarks>
public sealed class Database : IDisposable
{
    public const string FileName = "genai.db";

    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private Database(string connectionString, SqliteConnection writer)
    {
        _connectionString = connectionString;
        _writer = writer;
    }

    /// <summary>Opens or makes the database in a data folder and brings its schema up to date.</summary>
    /// <exception cref="StorageException">The file is damaged, not writable, or of a newer or foreign schema.</exception>
    public static Database Open(string dataFolder, TimeProvider time) => Open(dataFolder, Schema.Migrations, time);

    internal static Database Open(string dataFolder, IReadOnlyList<Migration> migrations, TimeProvider time)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, FileName);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();
        var writer = new SqliteConnection(connectionString);
        try
        {
            writer.Open();
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;");
            new Migrator(migrations, time).Run(writer);
            return new Database(connectionString, writer);
        }
        catch (Exception exception)
        {
            writer.Dispose();
            SqliteConnection.ClearPool(writer);
            if (exception is SqliteException)
            {
                throw new StorageException($"'{path}' cannot be used ({exception.Message}). Restore it from a backup, or set GENAI_DATA to another folder; the file was left as it is.", exception);
            }

            throw;
        }
    }

    /// <summary>Runs a transaction that may write. It is rolled back when <paramref name="work"/> throws.</summary>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        lock (_writing)
        {
            using var transaction = _writer.BeginTransaction();
            var result = work(_writer, transaction);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Runs a transaction that may write. It is rolled back when <paramref name="work"/> throws.</summary>
    public void Write(Action<SqliteConnection, SqliteTransaction> work) => Write((connection, transaction) =>
    {
        work(connection, transaction);
        return true;
    });

    /// <summary>Reads the last committed state; several statements may see different commits.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return work(connection);
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _writer.Dispose();
            using var any = new SqliteConnection(_connectionString);
            SqliteConnection.ClearPool(any);
        }
    }
}
