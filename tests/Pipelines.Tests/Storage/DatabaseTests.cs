using Dapper;
using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private static readonly Migration s_first = new(1, "things", "CREATE TABLE things (id TEXT PRIMARY KEY, size BIGINT NOT NULL)");
    private static readonly Migration s_second = new(2, "colours", "ALTER TABLE things ADD COLUMN colour TEXT");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_NewFolder_WritesAheadAndFlushesEveryCommit()
    {
        using var database = Database.Open(_folder.Path, TimeProvider.System);

        database.Read(connection => connection.ExecuteScalar<string>("PRAGMA journal_mode")).ShouldBe("wal");
        database.Write((connection, _) => connection.ExecuteScalar<long>("PRAGMA synchronous")).ShouldBe(2);
        database.Write((connection, _) => connection.ExecuteScalar<long>("PRAGMA foreign_keys")).ShouldBe(1);
        database.Read(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM schema_migrations")).ShouldBe(Schema.Migrations.Count);
    }

    [Fact]
    public void Open_OlderSchema_RunsOnlyTheMissingSteps()
    {
        using (var old = Open(s_first))
        {
            old.Write((connection, transaction) => connection.Execute("INSERT INTO things VALUES ('a', 1)", transaction: transaction));
        }

        using var database = Open(s_first, s_second);

        database.Read(connection => connection.QuerySingle<(string Id, string? Colour)>("SELECT id, colour FROM things")).ShouldBe(("a", null));
    }

    [Fact]
    public void Open_NewerSchema_RefusesAndSaysWhatToDo()
    {
        Open(s_first, s_second).Dispose();

        var refusal = Should.Throw<StorageException>(() => Open(s_first));

        refusal.Message.ShouldContain("schema version 2");
        refusal.Message.ShouldContain("GENAI_DATA");
        Open(s_first, s_second).Dispose();
    }

    [Fact]
    public void Open_StepThatWasEdited_Refuses()
    {
        Open(s_first).Dispose();

        Should.Throw<StorageException>(() => Open(s_first with { Sql = "CREATE TABLE other (id TEXT)" })).Message.ShouldContain("another build");
    }

    [Fact]
    public void Open_StepThatFails_LeavesTheSchemaAsItWas()
    {
        Open(s_first).Dispose();
        var broken = new Migration(2, "broken", "CREATE TABLE half (id TEXT); SELECT nothing FROM nowhere");

        Should.Throw<StorageException>(() => Open(s_first, broken)).Message.ShouldContain("taken back");

        using var database = Open(s_first, s_second);
        database.Read(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'")).ShouldBe(0);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_RefusesAndKeepsIt()
    {
        var path = _folder.Write(Database.FileName, new string('x', 5000));

        Should.Throw<StorageException>(() => Open(s_first)).Message.ShouldContain("Restore it from a backup");

        File.ReadAllText(path).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public void Write_WorkThatThrows_IsRolledBack()
    {
        using var database = Open(s_first);

        Should.Throw<InvalidOperationException>(() => database.Write<int>((connection, transaction) =>
        {
            connection.Execute("INSERT INTO things VALUES ('a', 1)", transaction: transaction);
            throw new InvalidOperationException();
        }));

        database.Read(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM things")).ShouldBe(0);
    }

    private Database Open(params Migration[] migrations) => Database.Open(_folder.Path, migrations, TimeProvider.System);
}
