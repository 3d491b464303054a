using System.Net.Http.Json;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>Requests on stores that several tests need.</summary>
internal static class StoreCalls
{
    public const string ShiftsFact = "The night shift at the Lisbon plant begins at 22:15 and is led by Marta Quintela.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> ReadAsync(this HttpClient http, string path) => await http.GetFromJsonAsync<JsonElement>(path, Token);

    /// <returns>A new store that reads <c>shifts.md</c>.</returns>
    public static Task<string> UploadShiftsAsync(this HttpClient http) =>
        http.UploadAsync("shifts.md", $"# Shifts\n\nOur plants work around the clock.\n\n{ShiftsFact}\n");

    /// <returns>A new store that reads the file; it may not have been read yet.</returns>
    public static async Task<string> UploadAsync(this HttpClient http, string fileName, string text)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("assistants"), "purpose" },
            { new StringContent(text), "file", fileName },
        };
        using var uploaded = await http.PostAsync("/v1/files", form, Token);
        var file = (await uploaded.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        using var made = await http.PostAsJsonAsync("/v1/vector_stores", new { name = fileName, file_ids = new[] { file } }, Token);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
    }

    /// <summary>Waits until every file of the store was read and embedded.</summary>
    public static async Task WaitForFilesAsync(this HttpClient http, string store)
    {
        JsonElement counts;
        do
        {
            await Task.Delay(100, Token);
            counts = (await http.ReadAsync($"/v1/vector_stores/{store}")).GetProperty("file_counts");
        }
        while (counts.GetProperty("in_progress").GetInt32() > 0);

        counts.GetProperty("completed").GetInt32().ShouldBe(1);
    }
}
