using GenAI.Guardrails.DenyList;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Guarding;

internal sealed class GuardrailsOptionsValidator : IValidateOptions<GuardrailsOptions>
{
    public ValidateOptionsResult Validate(string? name, GuardrailsOptions options)
    {
        var failures = new List<string>();
        if (options.Control.MaxInputChars < 1 || options.Control.MaxOutputChars < 1)
        {
            failures.Add("Guardrails:Control: MaxInputChars and MaxOutputChars must be 1 or more.");
        }

        try
        {
            _ = new DenyListRail(options.DenyList);
        }
        catch (ArgumentException exception)
        {
            failures.Add($"Guardrails:DenyList: {exception.Message}");
        }
        catch (NotSupportedException exception)
        {
            failures.Add($"Guardrails:DenyList: {exception.Message}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
