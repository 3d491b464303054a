namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Carries <c>break</c> and <c>continue</c> to the loop around them, through any blocks between.</summary>
internal sealed class LoopControlException(bool isBreak) : Exception("break or continue stands outside of a loop")
{
    public bool IsBreak { get; } = isBreak;
}
