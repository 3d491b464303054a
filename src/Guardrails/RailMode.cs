namespace GenAI.Guardrails;

/// <summary>How far a rail's word goes.</summary>
public enum RailMode
{
    /// <summary>The rail does not run.</summary>
    Off,

    /// <summary>Findings are reported, nothing is changed or stopped.</summary>
    Monitor,

    /// <summary>Findings are masked or blocked, and a rail that fails blocks.</summary>
    Enforce,
}
