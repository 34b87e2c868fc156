/* Stands in for a maker's ID_FprCap and ID_Fpr in the tests: the standard's functions, doing what a script file says.
   The folder is named by GA_STANDIN; its file "script" holds "NAME VALUE" lines and is read at every call, "frame.raw" is
   what lies on the glass. Written for these tests; nothing of any maker is in it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIXELS (256 * 360)

static int told(const char *name, int otherwise) {
    char path[4096], key[64];
    int value, found = otherwise;
    const char *folder = getenv("GA_STANDIN");
    if (!folder) return otherwise;
    snprintf(path, sizeof path, "%s/script", folder);
    FILE *file = fopen(path, "r");
    if (!file) return otherwise;
    while (fscanf(file, "%63s %d", key, &value) == 2)
        if (!strcmp(key, name)) found = value;
    fclose(file);
    return found;
}

/* Whoever watches the folder sees that a function hangs, and which. */
static void leave_a_mark(const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/hangs_in_%s", getenv("GA_STANDIN"), name);
    FILE *file = fopen(path, "w");
    if (file) fclose(file);
}

/* Every function passes here first: it may hang, crash, chatter on standard output, or refuse. */
static int enter(const char *name) {
    char key[64];
    if (told("chatter", 0)) { printf("[vendor] %s\n", name); fflush(stdout); }
    snprintf(key, sizeof key, "hang_%s", name);
    if (told(key, 0)) { leave_a_mark(name); for (;;) pause(); }
    snprintf(key, sizeof key, "crash_%s", name);
    if (told(key, 0)) raise(SIGSEGV);
    snprintf(key, sizeof key, "return_%s", name);
    return told(key, 1);
}

int LIVESCAN_Init(void) { return enter("Init"); }
int LIVESCAN_Close(void) { return enter("Close"); }
int LIVESCAN_GetChannelCount(void) { return 1; }
int LIVESCAN_SetBright(int channel, int value) { (void)channel; (void)value; return enter("SetBright"); }
int LIVESCAN_SetContrast(int channel, int value) { (void)channel; (void)value; return enter("SetContrast"); }
int LIVESCAN_GetMaxImageSize(int channel, int *width, int *height) {
    (void)channel;
    *width = told("max_width", 640);
    *height = told("max_height", 480);
    return enter("GetMaxImageSize");
}
int LIVESCAN_GetCaptWindow(int channel, int *x, int *y, int *width, int *height) {
    (void)channel;
    *x = *y = 0;
    *width = told("window_width", 256);
    *height = told("window_height", 360);
    return enter("GetCaptWindow");
}
int LIVESCAN_SetCaptWindow(int channel, int x, int y, int width, int height) {
    (void)channel; (void)x; (void)y;
    return width == 256 && height == 360 ? enter("SetCaptWindow") : -1;
}
int LIVESCAN_BeginCapture(int channel) { (void)channel; return enter("BeginCapture"); }
int LIVESCAN_EndCapture(int channel) { (void)channel; return enter("EndCapture"); }
int LIVESCAN_GetFPRawData(int channel, unsigned char *raw) {
    char path[4096];
    (void)channel;
    int answer = enter("GetFPRawData");
    if (answer <= 0) return answer;
    snprintf(path, sizeof path, "%s/frame.raw", getenv("GA_STANDIN"));
    FILE *file = fopen(path, "rb");
    if (!file) { memset(raw, 230, PIXELS); return answer; }
    size_t count = fread(raw, 1, PIXELS, file);
    fclose(file);
    return count == PIXELS ? answer : -101;
}
int LIVESCAN_GetVersion(void) { return 103; }
int LIVESCAN_GetDesc(char *text) {
    /* GBK, as makers write it: 测试采集仪 */
    strcpy(text, "\xb2\xe2\xca\xd4\xb2\xc9\xbc\xaf\xd2\xc7 T-1");
    return enter("GetDesc");
}
int LIVESCAN_GetErrorInfo(int number, char *text) {
    if (number == -102) { strcpy(text, "glass dirty"); return 1; }
    if (number == -103) { strcpy(text, "device in use"); return 1; }
    strcpy(text, "");
    return -6;
}

int FP_Begin(void) { return enter("FP_Begin"); }
int FP_End(void) { return enter("FP_End"); }
int FP_GetQualityScore(unsigned char *raw, unsigned char *score) {
    long dark = 0;
    for (int i = 0; i < PIXELS; i++) dark += raw[i] < 150;
    int made = (int)(dark * 300 / PIXELS);
    *score = (unsigned char)told("score", made > 100 ? 100 : made);
    return enter("FP_GetQualityScore");
}
int FP_FeatureExtract(unsigned char type, unsigned char code, unsigned char *raw, unsigned char *features) {
    memset(features, 0, 512);
    features[0] = 'F';
    features[1] = type;
    features[2] = code;
    for (int block = 0; block < 256; block++) {
        long sum = 0;
        for (int y = 0; y < 22; y++)
            for (int x = 0; x < 16; x++) sum += raw[((block / 16) * 22 + y) * 256 + (block % 16) * 16 + x];
        features[16 + block] = (unsigned char)(sum / (22 * 16));
    }
    return enter("FP_FeatureExtract");
}
int FP_FeatureMatch(unsigned char *one, unsigned char *two, float *similarity) {
    long apart = 0;
    for (int i = 16; i < 272; i++) apart += abs(one[i] - two[i]);
    float alike = 1.0f - (float)apart / (256 * 16);
    *similarity = alike < 0 ? 0 : alike;
    return enter("FP_FeatureMatch");
}
int FP_GenFeatureFromEmpty1(unsigned char type, unsigned char code, unsigned char *features) {
    memset(features, 0x11, 512);
    features[1] = type;
    features[2] = code;
    return enter("FP_GenFeatureFromEmpty1");
}
int FP_GenFeatureFromEmpty2(unsigned char code, unsigned char *features) {
    memset(features, 0x22, 512);
    features[2] = code;
    return enter("FP_GenFeatureFromEmpty2");
}
