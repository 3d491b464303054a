using System.Diagnostics;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>The parser process: reads requests, answers each with a document or a reason, ends when the server closes the stream.</summary>
public static class ParserWorker
{
    /// <summary>Deeply nested documents recurse in the libraries that read them.</summary>
    private const int StackBytes = 64 << 20;

    /// <summary>The server ends a slow process at the limit; this only serves when the server itself is gone.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(Stream requests, Stream responses, CancellationToken cancellationToken)
    {
        await using var output = new BufferedStream(responses, 64 * 1024);
        while (await ParserProtocol.ReadRequestAsync(requests, cancellationToken) is { } request)
        {
            await using var guard = new Timer(_ => Process.GetCurrentProcess().Kill(), null, request.Limits.Timeout + Grace, Timeout.InfiniteTimeSpan);
            try
            {
                var document = await ParseOnOwnThreadAsync(request);
                await ParserProtocol.WriteDocumentAsync(output, document, cancellationToken);
            }
            catch (ParseException refused)
            {
                await ParserProtocol.WriteFailureAsync(output, refused.Failure, refused.Message, cancellationToken);
            }
            catch (OutOfMemoryException)
            {
                // The heap may be in any state; the server starts a fresh process for the next file.
                await ParserProtocol.WriteFailureAsync(output, ParseFailure.OutOfMemory, ParserMessages.OutOfMemory, cancellationToken);
                return;
            }
        }
    }

    private static Task<ParsedDocument> ParseOnOwnThreadAsync(ParserRequest request)
    {
        var parsed = new TaskCompletionSource<ParsedDocument>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    parsed.SetResult(DocumentFileParser.Parse(request.Path, request.Format, request.Limits));
                }
                catch (Exception failure) when (failure is ParseException or OutOfMemoryException)
                {
                    parsed.SetException(failure);
                }
                catch (InsufficientExecutionStackException failure)
                {
                    parsed.SetException(new ParseException(ParseFailure.Malformed, ParserMessages.Unreadable("it is nested too deeply"), failure));
                }
#pragma warning disable CA1031 // a format library may throw anything on a file made to break it; the file is reported
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    parsed.SetException(new ParseException(ParseFailure.Malformed, ParserMessages.Unreadable(failure.Message), failure));
                }
            },
            StackBytes);
        thread.Start();
        return parsed.Task;
    }
}
