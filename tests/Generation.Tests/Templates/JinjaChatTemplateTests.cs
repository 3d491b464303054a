using System.Text.Json;
using GenAI.Generation.Catalogue;
using GenAI.Generation.Templates;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Templates;

public sealed class JinjaChatTemplateTests
{
    private const string Dump = "{{ messages|tojson }}";

    // Shows what a call needs to be recognised, then the messages as they arrived.
    private const string DumpCalls = "{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.function.name }}{{ c.function.arguments|tojson }}{% endfor %}{% endfor %}|{{ messages|tojson }}";

    [Fact]
    public void Render_ChatMl_WritesTurnsAndOpensTheAnswer()
    {
        var template = new JinjaChatTemplate("{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}");

        var prompt = template.Render([new(ChatRole.System, "Be terse."), new(ChatRole.User, "Hi")], null);

        prompt.ShouldBe("<|im_start|>system\nBe terse.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    }

    [Fact]
    public void Render_Instructions_StandBeforeTheSystemMessage()
    {
        var template = new JinjaChatTemplate(Dump);
        var options = new ChatOptions { Instructions = "Rule." };

        template.Render([new(ChatRole.User, "Hi")], options).ShouldBe("""[{"role": "system", "content": "Rule."}, {"role": "user", "content": "Hi"}]""");
        template.Render([new(ChatRole.System, "Other."), new(ChatRole.User, "Hi")], options).ShouldContain("\"Rule.\\n\\nOther.\"");
    }

    [Fact]
    public void Render_DeveloperRole_IsTheSystemsWhereTheTemplateDoesNotKnowIt()
    {
        ChatMessage[] messages = [new(new ChatRole("developer"), "Rule.")];

        new JinjaChatTemplate(Dump).Render(messages, null).ShouldContain("\"system\"");
        new JinjaChatTemplate(Dump + "{# developer #}").Render(messages, null).ShouldContain("\"developer\"");
    }

    [Fact]
    public void Render_ToolCallAndResult_HaveOpenAiShape()
    {
        var call = ToolArguments.Call("call_1", "get_weather", """{"city": "Paris", "days": 2.50}""");
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new TextReasoningContent("Look."), call]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", new { sky = "blue" }), new FunctionResultContent("call_9", "x")]),
        ];

        new JinjaChatTemplate(DumpCalls).Render(messages, null).Split('|', 2)[1].ShouldBe(
            """[{"role": "assistant", "content": "", "reasoning_content": "Look.", "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Paris", "days": 2.5}}}]}, """
            + """{"role": "tool", "tool_call_id": "call_1", "name": "get_weather", "content": "{\"sky\":\"blue\"}"}, {"role": "tool", "tool_call_id": "call_9", "content": "x"}]""");
    }

    [Fact]
    public void Render_TemplateThatJoinsArguments_GetsThemAsText()
    {
        var template = new JinjaChatTemplate("{% for m in messages %}{{ m.content or '' }}{% for c in m.tool_calls or [] %}{{ c.function.name + ':' + c.function.arguments }}{% endfor %}{% endfor %}");

        var prompt = template.Render([new(ChatRole.Assistant, [ToolArguments.Call("c", "f", """{ "a":  1 }""")])], null);

        prompt.ShouldBe("""f:{ "a":  1 }""");
    }

    [Fact]
    public void Render_TemplateThatReadsPartsOnly_GetsParts()
    {
        var template = new JinjaChatTemplate("{% for m in messages %}{% for p in m.content %}{{ p.text }}{% endfor %}{% endfor %}");

        template.Render([new(ChatRole.User, "Hi")], null).ShouldBe("Hi");
    }

    [Fact]
    public void Render_Tools_AreShownUnlessTheModeIsNone()
    {
        var tool = AIFunctionFactory.CreateDeclaration("f", "Does it.", JsonElement.Parse("""{"type":"object"}"""));
        var template = new JinjaChatTemplate("{{ tools|tojson if tools }}");

        template.Render([], new ChatOptions { Tools = [tool] })
            .ShouldBe("""[{"type": "function", "function": {"name": "f", "description": "Does it.", "parameters": {"type": "object"}}}]""");
        template.Render([], new ChatOptions { Tools = [tool], ToolMode = ChatToolMode.None }).ShouldBe("");
    }

    [Fact]
    public void Render_TemplateArguments_AreVariablesButDoNotReplaceTheConversation()
    {
        var options = new ChatOptions
        {
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.None },
            AdditionalProperties = new() { [GenerationOptionNames.TemplateArguments] = JsonElement.Parse("""{"mood": "glad", "messages": []}""") },
        };

        new JinjaChatTemplate("{{ mood }} {{ enable_thinking }} {{ messages|length }}").Render([new(ChatRole.User, "Hi")], options).ShouldBe("glad false 1");
    }

    [Fact]
    public void Render_TemplateThatRefuses_SaysWhy()
    {
        var template = new JinjaChatTemplate("{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% endfor %}");

        Should.Throw<ChatTemplateException>(() => template.Render([new(ChatRole.System, "x")], null)).Message.ShouldBe("System role not supported");
    }

    [Fact]
    public void Render_Image_IsRefusedNotDropped()
    {
        ChatMessage[] messages = [new(ChatRole.User, [new TextContent("What?"), new DataContent(new byte[] { 1 }, "image/png")])];

        Should.Throw<ChatTemplateException>(() => new JinjaChatTemplate(Dump).Render(messages, null)).Message.ShouldContain("image/png");
    }

    [Fact]
    public void Render_StarterModel_UsesItsOwnTemplate()
    {
        var metadata = GgufFile.Read(Path.Combine(Repository.Models, "SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf"));

        var prompt = new JinjaChatTemplate(metadata.ChatTemplate!, "<|im_start|>", "<|im_end|>").Render([new(ChatRole.User, "Hi")], null);

        prompt.ShouldBe("<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    }
}
