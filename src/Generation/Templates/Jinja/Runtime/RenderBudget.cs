using System.Runtime.CompilerServices;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>What one rendering may still spend. Every loop over input-sized data charges it, so a hostile template ends early, with a message.</summary>
internal sealed class RenderBudget(JinjaLimits limits, CancellationToken cancellationToken)
{
    private const int CharsPerStep = 64;
    private const int StepsBetweenCancellationChecks = 1024;

    private long _steps;
    private long _nextCheck;
    private int _depth;

    public void Charge(long steps = 1)
    {
        _steps += steps;
        if (_steps > limits.MaxSteps)
        {
            throw new ChatTemplateException($"The chat template took more than {limits.MaxSteps} steps; it was stopped.");
        }

        if (_steps >= _nextCheck)
        {
            _nextCheck = _steps + StepsBetweenCancellationChecks;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Charges for a text of this length before it is made.</summary>
    public void ChargeText(long chars)
    {
        if (chars > limits.MaxTextChars)
        {
            throw new ChatTemplateException($"The chat template made a text longer than {limits.MaxTextChars} characters; it was stopped.");
        }

        Charge(1 + (chars / CharsPerStep));
    }

    public void Enter()
    {
        if (++_depth > limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ChatTemplateException($"The chat template nests deeper than {limits.MaxDepth} levels; it was stopped.");
        }
    }

    public void Leave() => _depth--;
}
