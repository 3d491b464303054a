using System.CommandLine;
using System.Globalization;
using GenAI.Gateway.Auditing;
using GenAI.Gateway.Hosting;

namespace GenAI.Gateway.Cli;

/// <summary><c>genai audit verify</c>. It only reads, also beside a running server.</summary>
/// <remarks>Exit codes: 0 whole, 1 broken or not to be read, with a sentence on the error stream.</remarks>
internal static class AuditCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var verify = new Command("verify", "Check that no line of the audit log was changed, added or taken out.");
        verify.SetAction(parsed => Verify(Path.Combine(Paths(parsed).DataFolder, "audit")));
        return new Command("audit", "The audit log of this machine.") { verify };
    }

    private static GatewayPaths Paths(ParseResult parsed) => GatewayPaths.From(
        new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(ServeCommand.Settings(parsed)).Build());

    private static int Verify(string folder)
    {
        try
        {
            return Report(folder, AuditVerifier.Verify(folder));
        }
        catch (DirectoryNotFoundException)
        {
            return Complain($"There is no audit log at {folder}. Name the server's data folder with --data or {GatewayPaths.DataVariable}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Complain(exception.Message);
        }
    }

    private static int Report(string folder, AuditVerification found)
    {
        if (found.Break is not null)
        {
            return Complain($"The audit log is broken. {found.Break} The {Count(found.Lines)} before it are intact.");
        }

        System.Console.WriteLine(found.Lines == 0
            ? $"{folder} holds no line yet."
            : $"{folder} is intact: {Count(found.Lines)}, the last one {found.LastHash}.");
        if (found.Lost > 0)
        {
            System.Console.WriteLine($"It says itself that {found.Lost.ToString(CultureInfo.InvariantCulture)} entries could not be written (lost_before).");
        }

        if (found.Unfinished is not null)
        {
            System.Console.WriteLine($"The last line of {found.Unfinished} has no end: the server is writing it, or was killed and sets it aside at its next start.");
        }

        return 0;
    }

    private static string Count(long lines) => lines == 1 ? "1 line" : string.Create(CultureInfo.InvariantCulture, $"{lines} lines");

    private static int Complain(string sentence)
    {
        System.Console.Error.WriteLine($"genai: {sentence}");
        return Failed;
    }
}
