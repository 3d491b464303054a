namespace GenAI.Guardrails.Chat;

/// <summary>How much of a streamed answer waits for the rails.</summary>
public enum GuardStreaming
{
    /// <summary>Each piece leaves as soon as no rail can change its mind about it.</summary>
    HoldBack,

    /// <summary>Nothing leaves before the whole answer was checked.</summary>
    WholeAnswer,
}
