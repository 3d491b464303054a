using System.Text.Json;
using GenAI.Generation.Templates;
using GenAI.Generation.Templates.Jinja;

namespace GenAI.Generation.Tests.Templates;

/// <summary>Templates come from files that others made: none of these may take long, take much memory or end the process.</summary>
public sealed class JinjaLimitTests
{
    private static readonly JsonElement None = JsonElement.Parse("{}");

    [Theory]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}")]
    [InlineData("{{ range(1000000000000) }}")]
    [InlineData("{% set ns = namespace(t='aaaaaaaa') %}{% for a in range(64) %}{% set ns.t = ns.t + ns.t %}{% endfor %}")]
    [InlineData("{% set ns = namespace(t=[1]) %}{% for a in range(64) %}{% set ns.t = ns.t + ns.t %}{% endfor %}")]
    [InlineData("{% set ns = namespace(t=[1]) %}{% for a in range(64) %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t }}")]
    [InlineData("{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ m() }}{% endcall %}")]
    [InlineData("{{ 'x'|indent(2000000000, true) }}")]
    [InlineData("{{ [1]|tojson(indent=2000000000) }}")]
    [InlineData("{% set ns = namespace(t='aaaaaaaa') %}{% for a in range(20) %}{% set ns.t = ns.t.replace('a', 'aaaaaaaaaaaaaaaa') %}{% endfor %}")]
    [InlineData("{% set ns = namespace(t=[[[]]]) %}{% for a in range(10000) %}{% set ns.t = [ns.t] %}{% endfor %}{{ ns.t }}")]
    [InlineData("{% for a in range(10000000) %}{% continue %}{% endfor %}")]
    public void Render_HostileTemplate_IsStopped(string source)
    {
        var template = JinjaTemplate.Parse(source, new JinjaLimits { MaxSteps = 2_000_000, MaxTextChars = 1 << 20 });

        Should.Throw<ChatTemplateException>(() => template.Render(None, cancellationToken: TestContext.Current.CancellationToken)).Message.ShouldContain("chat template");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("-")]
    [InlineData("not ")]
    [InlineData("{'a':")]
    [InlineData("1 if 1 else ")]
    [InlineData("f(")]
    public void Parse_DeepNesting_IsRefused(string opening)
    {
        var source = "{{ " + string.Concat(Enumerable.Repeat(opening, 50_000)) + "1 }}";

        Should.Throw<ChatTemplateException>(() => JinjaTemplate.Parse(source)).Message.ShouldContain("nested deeper");
    }

    [Fact]
    public void Parse_LongOperatorChain_RendersOrIsRefused()
    {
        var source = "{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 100_000)) + " }}";

        Should.Throw<ChatTemplateException>(() => JinjaTemplate.Parse(source).Render(None, cancellationToken: TestContext.Current.CancellationToken)).Message.ShouldContain("levels");
    }

    [Fact]
    public void Parse_ManyBlanks_IsQuick()
    {
        var source = new string(' ', 300_000) + "{% generatio" + new string('\n', 300_000);

        Should.Throw<ChatTemplateException>(() => JinjaTemplate.Parse(source));
    }

    [Fact]
    public void Parse_HugeSource_IsRefused() =>
        Should.Throw<ChatTemplateException>(() => JinjaTemplate.Parse(new string('x', 2 << 20))).Message.ShouldContain("characters");

    [Fact]
    public void Parse_BadSource_SaysWhere() =>
        Should.Throw<ChatTemplateException>(() => JinjaTemplate.Parse("one\ntwo {{ @ }}")).Message.ShouldContain("line 2, column 8");

    [Fact]
    public void Render_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => JinjaTemplate.Parse("{% for a in range(5000) %}{% endfor %}").Render(None, cancellationToken: source.Token));
    }
}
