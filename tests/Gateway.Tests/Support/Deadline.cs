namespace GenAI.Gateway.Tests.Support;

/// <summary>Ends a wait that no test should need, so that a lost byte is a failure and not a hang.</summary>
internal static class Deadline
{
    private static readonly AsyncLocal<CancellationTokenSource?> s_source = new();

    public static CancellationToken Token
    {
        get
        {
            if (s_source.Value is not { IsCancellationRequested: false } source)
            {
                source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                source.CancelAfter(TimeSpan.FromMinutes(3));
                s_source.Value = source;
            }

            return source.Token;
        }
    }
}
