using System.Globalization;

namespace GenAI.Gateway.Hosting;

/// <summary>Keeps two servers out of one data folder. The operating system releases it however the process ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="StartupException">Another process holds the folder, or it cannot be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "genai.lock");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new DataFolderLock(file);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {folder} cannot be written. Set {GatewayPaths.DataVariable} to a folder that can.");
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StartupException(
                $"Another server uses the data folder {folder}. Stop it, or set {GatewayPaths.DataVariable} to another folder.");
        }
        catch (IOException exception)
        {
            throw new StartupException(
                $"The data folder {folder} cannot be made: {exception.Message} Set {GatewayPaths.DataVariable} to a folder that can be written.");
        }
    }

    public void Dispose() => _file.Dispose();
}
