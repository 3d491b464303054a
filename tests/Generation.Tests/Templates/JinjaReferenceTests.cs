using System.Text.Json;
using System.Text.Json.Nodes;
using GenAI.Generation.Templates;
using GenAI.Generation.Templates.Jinja;

namespace GenAI.Generation.Tests.Templates;

/// <summary>The interpreter beside the reference implementation: the same text, or a refusal from both.</summary>
public sealed class JinjaReferenceTests(JinjaReference reference, ITestOutputHelper output) : IClassFixture<JinjaReference>
{
    [Fact]
    public async Task Render_TemplatesOfRealModels_EqualsReference()
    {
        reference.ShouldNotBeNull();
        var templates = JinjaReference.ModelTemplates();
        var cases = JinjaReference.ReadJson("conversations.json").EnumerateArray().SelectMany(WithAndWithoutPrompt).ToList();
        templates.Count.ShouldBeGreaterThan(60);

        await CompareAsync([new ReferenceGroup(templates, cases)]);
    }

    [Fact]
    public async Task Render_EveryConstruct_EqualsReference()
    {
        var groups = JinjaReference.ReadJson("snippets.json").EnumerateArray().Select(static snippet => new ReferenceGroup(
            [new ReferenceTemplate(snippet.GetProperty("template").GetString()!, snippet.GetProperty("template").GetString()!)],
            [new ReferenceCase("", snippet.TryGetProperty("variables", out var variables) ? variables : JsonElement.Parse("{}"))]));

        await CompareAsync([.. groups]);
    }

    private static IEnumerable<ReferenceCase> WithAndWithoutPrompt(JsonElement conversation)
    {
        foreach (var withPrompt in new[] { true, false })
        {
            var variables = JsonObject.Create(conversation.GetProperty("variables"))!;
            variables["bos_token"] = "<BOS>";
            variables["eos_token"] = "<EOS>";
            variables["add_generation_prompt"] = withPrompt;
            yield return new ReferenceCase(conversation.GetProperty("name").GetString() + (withPrompt ? "" : ", closed"), JsonSerializer.SerializeToElement(variables));
        }
    }

    private async Task CompareAsync(IReadOnlyList<ReferenceGroup> groups)
    {
        var expected = await JinjaReference.RenderAsync(groups);
        var actual = groups.SelectMany(static g => g.Templates.SelectMany(t => g.Cases.Select(c => Render(t, c)))).ToList();
        actual.Count.ShouldBe(expected.Count);

        var differences = expected.Zip(actual, Difference).OfType<string>().ToList();
        output.WriteLine($"{expected.Count} cases: {expected.Count(static r => r.Text is not null)} texts, {expected.Count(static r => r.Error is not null)} refusals, {differences.Count} differences");
        differences.ShouldBeEmpty(string.Join("\n", differences.Take(40)));
    }

    private static string? Difference(ReferenceResult expected, ReferenceResult actual)
    {
        if (expected.Text == actual.Text)
        {
            return null;
        }

        var at = 0;
        while (expected.Text is not null && actual.Text is not null && at < Math.Min(expected.Text.Length, actual.Text.Length) && expected.Text[at] == actual.Text[at])
        {
            at++;
        }

        return $"{expected.Template} [{expected.Case}] at {at}:\n  reference {Show(expected, at)}\n  ours      {Show(actual, at)}";
    }

    private static string Show(ReferenceResult result, int at)
    {
        var text = result.Text?[Math.Max(0, at - 20)..] ?? "";
        return result.Text is null ? "throws: " + result.Error : JsonSerializer.Serialize(text[..Math.Min(text.Length, 120)]);
    }

    private static ReferenceResult Render(ReferenceTemplate template, ReferenceCase @case)
    {
        try
        {
            var text = JinjaTemplate.Parse(template.Source).Render(@case.Variables, new FixedTimeProvider(JinjaReference.Now), TestContext.Current.CancellationToken);
            return new ReferenceResult(template.Name, @case.Name, text, null);
        }
        catch (ChatTemplateException e)
        {
            return new ReferenceResult(template.Name, @case.Name, null, e.Message);
        }
    }
}
