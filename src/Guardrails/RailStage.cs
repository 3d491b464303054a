namespace GenAI.Guardrails;

public enum RailStage
{
    Input,
    Output,
}
