namespace Libvirt.Simulator;

/// <summary>What a guest's screen shows: a pattern of the guest's own, darker while it is paused, with a bar that moves with its run time.</summary>
internal static class GuestScreen
{
    private const int BarHeight = 8;

    /// <summary>The screen as a PNG image.</summary>
    public static byte[] Png(SimulatedDomain domain, int width, int height)
    {
        byte[] seed = domain.Uuid.ToByteArray();
        int brightness = domain.State == DomainState.Paused ? 2 : 1;
        int bar = (int)(domain.RunTime.TotalSeconds * 10 % width);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Span<byte> pixel = pixels.AsSpan((y * width + x) * 3, 3);
                bool isBar = y >= height - BarHeight && x <= bar;
                bool isLit = (seed[(x / 20 + y / 20 * 3) % seed.Length] >> (x / 20 % 8) & 1) != 0;
                for (int i = 0; i < 3; i++)
                    pixel[i] = (byte)((isBar ? 255 : isLit ? seed[i] | 0x40 : seed[i] / 4) / brightness);
            }
        }
        return PngImage.Encode(pixels, width, height);
    }
}
