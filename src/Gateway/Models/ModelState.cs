namespace GenAI.Gateway.Models;

internal enum ModelState
{
    Loading,
    Ready,
    Failed,
}
