using System.Globalization;

namespace GenAI.Gateway.VectorStores;

/// <summary>Tells the SDKs' poll loops when to ask again; they default to a second.</summary>
internal static class Polling
{
    private const string Header = "openai-poll-after-ms";
    private const int SoonMilliseconds = 250;
    private const int LaterMilliseconds = 1000;

    /// <param name="filesInProgress">Few files are done soon, many are not.</param>
    public static void Suggest(HttpResponse response, long filesInProgress)
    {
        if (filesInProgress > 0)
        {
            response.Headers[Header] = (filesInProgress < 10 ? SoonMilliseconds : LaterMilliseconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
