<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Accounts</name>
    <message>
        <source>no role yet</source>
        <translation>未授角色</translation>
    </message>
    <message>
        <source>photo-station operator</source>
        <translation>照相员</translation>
    </message>
    <message>
        <source>window officer</source>
        <translation>窗口民警</translation>
    </message>
    <message>
        <source>archivist</source>
        <translation>档案员</translation>
    </message>
    <message>
        <source>system administrator</source>
        <translation>系统管理员</translation>
    </message>
    <message>
        <source>security administrator</source>
        <translation>安全管理员</translation>
    </message>
    <message>
        <source>auditor</source>
        <translation>审计管理员</translation>
    </message>
    <message>
        <source>signing in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>documents and queue</source>
        <translation>证件与排队</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>fingerprints</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>inspection trail</source>
        <translation>检测流水</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>fees</source>
        <translation>收费</translation>
    </message>
    <message>
        <source>standards and strategies</source>
        <translation>标准与策略</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读</translation>
    </message>
    <message>
        <source>write</source>
        <translation>写</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>AccountsView</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>新增账号</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>重置密码</translation>
    </message>
    <message>
        <source>Grant role</source>
        <translation>授予角色</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Let go of its machine</source>
        <translation>解除终端绑定</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限表</translation>
    </message>
    <message>
        <source>Grant rights</source>
        <translation>授予权限</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>The account is made; its owner changes the password at the first sign-in.</source>
        <translation>账号已新增，本人首次登录时须更改密码。</translation>
    </message>
    <message>
        <source>The password is new; its owner changes it at the next sign-in.</source>
        <translation>密码已重置，本人下次登录时须更改。</translation>
    </message>
    <message>
        <source>The role holds from the next sign-in on.</source>
        <translation>角色已授予，下次登录起生效。</translation>
    </message>
    <message>
        <source>The account may try again.</source>
        <translation>已解锁，可以重新登录。</translation>
    </message>
    <message>
        <source>The account opens nothing any more.</source>
        <translation>账号已停用，不能再登录。</translation>
    </message>
    <message>
        <source>The account opens again; its owner changes the password first.</source>
        <translation>账号已启用，本人须先更改密码。</translation>
    </message>
    <message>
        <source>The account is bound to the machine of its next sign-in.</source>
        <translation>已解除绑定，下次在哪台机器登录就绑定哪台。</translation>
    </message>
    <message>
        <source>The rights are signed; they hold from each account&apos;s next sign-in on.</source>
        <translation>权限表已签名，各账号下次登录起生效。</translation>
    </message>
    <message>
        <source>Initial password</source>
        <translation>初始密码</translation>
    </message>
</context>
<context>
    <name>AlternativesPanel</name>
    <message>
        <source>Alternatives</source>
        <translation>其他说法</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>说法</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>Why not chosen</source>
        <translation>未采用的理由</translation>
    </message>
    <message>
        <source>Add alternative</source>
        <translation>增加一条</translation>
    </message>
    <message>
        <source>Remove row</source>
        <translation>移除此行</translation>
    </message>
</context>
<context>
    <name>ApplicantWindow</name>
    <message>
        <source>For the applicant</source>
        <translation>申请人屏幕</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜面画面</translation>
    </message>
    <message>
        <source>Thank you. Please wait for your receipt.</source>
        <translation>谢谢，请稍候领取回执单。</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Touch the picture you like best</source>
        <translation>请点选您最满意的一张</translation>
    </message>
    <message>
        <source>Sit upright and look into the camera</source>
        <translation>请坐正，看镜头</translation>
    </message>
</context>
<context>
    <name>Archive</name>
    <message>
        <source>accepted, not yet sent</source>
        <translation>已确认，待上传</translation>
    </message>
    <message>
        <source>sent and acknowledged</source>
        <translation>已上传并确认</translation>
    </message>
    <message>
        <source>returned: scan pages again</source>
        <translation>已驳回，需补扫</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>白纸</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>重复页</translation>
    </message>
    <message>
        <source>separator</source>
        <translation>分隔页</translation>
    </message>
    <message>
        <source>separator, number unread</source>
        <translation>分隔页（流水号未读出）</translation>
    </message>
    <message>
        <source>broken picture</source>
        <translation>图片损坏</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>已被替换</translation>
    </message>
    <message>
        <source>being measured</source>
        <translation>正在检测</translation>
    </message>
    <message>
        <source>type unknown</source>
        <translation>类型未定</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>检测得出</translation>
    </message>
    <message>
        <source>by its bar code</source>
        <translation>按条码</translation>
    </message>
    <message>
        <source>by its title “{0}”</source>
        <translation>按标题“{0}”</translation>
    </message>
    <message>
        <source>by its words</source>
        <translation>按文字</translation>
    </message>
    <message>
        <source>by its looks</source>
        <translation>按版面</translation>
    </message>
    <message>
        <source>by the classification service</source>
        <translation>按分类服务</translation>
    </message>
    <message>
        <source>by an officer</source>
        <translation>人工指定</translation>
    </message>
    <message>
        <source>Rejected: {0}</source>
        <translation>须重扫：{0}</translation>
    </message>
    <message>
        <source>Signed for by {0}</source>
        <translation>签认人：{0}</translation>
    </message>
    <message>
        <source>missing: {0}</source>
        <translation>缺少：{0}</translation>
    </message>
    <message>
        <source>one side missing: {0}</source>
        <translation>缺一面：{0}</translation>
    </message>
    <message>
        <source>{1} too many: {0}</source>
        <translation>多出 {1} 页：{0}</translation>
    </message>
    <message>
        <source>not asked for here: {0}</source>
        <translation>本业务不需要：{0}</translation>
    </message>
    <message>
        <source>{1} pages without a type</source>
        <translation>{1} 页未定类型</translation>
    </message>
    <message>
        <source>no page yet</source>
        <translation>还没有内容页</translation>
    </message>
    <message>
        <source>{0} pages to scan again</source>
        <translation>{0} 页须重扫</translation>
    </message>
    <message>
        <source>{0} doubtful pages: a second officer signs</source>
        <translation>{0} 页存疑，须第二名民警签认</translation>
    </message>
    <message>
        <source>{0} pages without a type</source>
        <translation>{0} 页未定类型</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>车架号</translation>
    </message>
    <message>
        <source>plate</source>
        <translation>号牌</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>The pages differ in the {0}: {1}</source>
        <translation>各页的{0}不一致：{1}</translation>
    </message>
    <message>
        <source>Read: {0}</source>
        <translation>读出：{0}</translation>
    </message>
    <message>
        <source>No number could be read on these pages.</source>
        <translation>这些页面上没有读出号码。</translation>
    </message>
    <message>
        <source>not applied for</source>
        <translation>未申请</translation>
    </message>
    <message>
        <source>applied for</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>granted until {0}</source>
        <translation>已批准，至 {0}</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>in review</source>
        <translation>正在审看</translation>
    </message>
    <message>
        <source>Returned: {0}</source>
        <translation>已驳回：{0}</translation>
    </message>
</context>
<context>
    <name>AuditView</name>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Older rows</source>
        <translation>更早的记录</translation>
    </message>
    <message>
        <source>Check the log</source>
        <translation>校验日志</translation>
    </message>
    <message>
        <source>Export signed</source>
        <translation>签名导出</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>To</source>
        <translation>止</translation>
    </message>
    <message>
        <source>Every event</source>
        <translation>全部事件</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} 条</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在校验…</translation>
    </message>
    <message>
        <source>The log is whole: {0} rows, {1} signatures. The clock was set back {2} times.</source>
        <translation>日志完整：{0} 条记录，{1} 次签名。时钟被调回 {2} 次。</translation>
    </message>
    <message>
        <source>The log was tampered with, {0} places: {1}</source>
        <translation>日志被改动过，共 {0} 处：{1}</translation>
    </message>
    <message>
        <source>row {0} changed</source>
        <translation>第 {0} 条被修改</translation>
    </message>
    <message>
        <source>row {0} removed</source>
        <translation>第 {0} 条被删除</translation>
    </message>
    <message>
        <source>row {0} moved</source>
        <translation>第 {0} 条被移位</translation>
    </message>
    <message>
        <source>row {0} cut off</source>
        <translation>第 {0} 条被截掉</translation>
    </message>
    <message>
        <source>row {0} is not the one that was signed</source>
        <translation>第 {0} 条与签名不符</translation>
    </message>
    <message>
        <source>row {0}: time runs back</source>
        <translation>第 {0} 条时间倒退</translation>
    </message>
    <message>
        <source>signature at row {0} missing or foreign</source>
        <translation>第 {0} 条处的签名缺失或不属于本机</translation>
    </message>
    <message>
        <source>the mark beside the log is missing or altered</source>
        <translation>日志旁的标记缺失或被改动</translation>
    </message>
    <message>
        <source>{0} rows exported, with a signature beside the file.</source>
        <translation>已导出 {0} 条，签名文件在旁边。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>BatchForm</name>
    <message>
        <source>not counted</source>
        <translation>未清点</translation>
    </message>
    <message>
        <source>Vehicle files</source>
        <translation>机动车档案</translation>
    </message>
    <message>
        <source>Driver files</source>
        <translation>驾驶人档案</translation>
    </message>
    <message>
        <source>Feeder, one side</source>
        <translation>进纸器单面</translation>
    </message>
    <message>
        <source>Feeder, both sides</source>
        <translation>进纸器双面</translation>
    </message>
    <message>
        <source>Glass</source>
        <translation>平板</translation>
    </message>
    <message>
        <source>Document camera</source>
        <translation>高拍仪</translation>
    </message>
    <message>
        <source>Picture files and PDF</source>
        <translation>图片文件与 PDF</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>黑白</translation>
    </message>
    <message>
        <source>Begin and scan</source>
        <translation>开始扫描</translation>
    </message>
    <message>
        <source>Kind of files</source>
        <translation>档案种类</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色彩模式</translation>
    </message>
    <message>
        <source>Pages in the pile</source>
        <translation>内容页数</translation>
    </message>
    <message>
        <source>Files in the pile</source>
        <translation>档案份数</translation>
    </message>
    <message>
        <source>Serial number before the first separator</source>
        <translation>第一张分隔页之前的流水号</translation>
    </message>
    <message>
        <source>Its business</source>
        <translation>业务类型</translation>
    </message>
    <message>
        <source>Moved in with</source>
        <translation>转入补录</translation>
    </message>
    <message>
        <source>transfer’s number</source>
        <translation>转入流水号</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Open batches</source>
        <translation>未完成的批次</translation>
    </message>
    <message>
        <source>Page looked at</source>
        <translation>当前页面</translation>
    </message>
    <message>
        <source>Type of the page</source>
        <translation>材料类型</translation>
    </message>
    <message>
        <source>not sharp</source>
        <translation>不清晰</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>没有扫全</translation>
    </message>
    <message>
        <source>wrong paper</source>
        <translation>材料不对</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>太暗</translation>
    </message>
    <message>
        <source>Why it must be scanned again</source>
        <translation>重扫原因</translation>
    </message>
    <message>
        <source>New batch</source>
        <translation>新批次</translation>
    </message>
    <message>
        <source>Search files</source>
        <translation>档案查询</translation>
    </message>
    <message>
        <source>Go on scanning</source>
        <translation>继续扫描</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>前移</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>后移</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Sign doubtful pages</source>
        <translation>签认存疑页</translation>
    </message>
    <message>
        <source>Compare contents</source>
        <translation>核对内容</translation>
    </message>
    <message>
        <source>Return the file</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>Accept the file</source>
        <translation>确认归档</translation>
    </message>
    <message>
        <source>Pages of the batch</source>
        <translation>选择档案页</translation>
    </message>
    <message>
        <source>type unknown</source>
        <translation>类型未定</translation>
    </message>
    <message>
        <source>pages rejected</source>
        <translation>页面不合格</translation>
    </message>
    <message>
        <source>vehicles</source>
        <translation>机动车</translation>
    </message>
    <message>
        <source>drivers</source>
        <translation>驾驶人</translation>
    </message>
    <message>
        <source>Begin a batch, or choose one that is open.</source>
        <translation>请开始新批次，或选择一个未完成的批次。</translation>
    </message>
    <message>
        <source>Scanning: {0} pages are kept, the last sheet is {1}.</source>
        <translation>正在扫描：已保存 {0} 页，最后一张是第 {1} 张。</translation>
    </message>
    <message>
        <source>{0} pages are kept, the last sheet is {1}.</source>
        <translation>已保存 {0} 页，最后一张是第 {1} 张。</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Other file</source>
        <translation>改流水</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>须重扫</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Print separator</source>
        <translation>打印分隔页</translation>
    </message>
    <message>
        <source>Page compared with</source>
        <translation>对比页面</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>裁边</translation>
    </message>
    <message>
        <source>Returned files</source>
        <translation>驳回待补</translation>
    </message>
    <message>
        <source>File details</source>
        <translation>档案信息</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Returned files: {0}</source>
        <translation>驳回待补：{0} 份</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>Exposure</source>
        <translation>快门</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>光圈</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>对焦</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>没有相机</translation>
    </message>
    <message>
        <source>{0}, battery low: {1} %</source>
        <translation>{0}，电量低：{1}%</translation>
    </message>
    <message>
        <source>{0}, battery {1} %</source>
        <translation>{0}，电量 {1}%</translation>
    </message>
</context>
<context>
    <name>CaseDetailPanel</name>
    <message>
        <source>Step</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>By</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>Done at</source>
        <translation>操作时间</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>Key content</source>
        <translation>关键内容</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>Steps of the case</source>
        <translation>办理环节</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>基本情况</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>办理环节</translation>
    </message>
    <message>
        <source>No case chosen</source>
        <translation>未选择办件</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>申报方式</translation>
    </message>
    <message>
        <source>Platform number</source>
        <translation>办件编号</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收时间</translation>
    </message>
    <message>
        <source>{0} working days, until {1}</source>
        <translation>{0} 个工作日，到 {1}</translation>
    </message>
    <message>
        <source>Papers asked for</source>
        <translation>补齐补正</translation>
    </message>
    <message>
        <source>{0} times</source>
        <translation>{0} 次</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>办结日期</translation>
    </message>
    <message>
        <source>Taken on by</source>
        <translation>受理人</translation>
    </message>
    <message>
        <source>By post</source>
        <translation>邮寄</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>The platform has acknowledged this step.</source>
        <translation>平台已确认收到这一步。</translation>
    </message>
    <message>
        <source>Waits to be sent to the platform.</source>
        <translation>等待告知平台。</translation>
    </message>
    <message>
        <source>The platform refused this step.</source>
        <translation>平台没有接受这一步。</translation>
    </message>
    <message>
        <source>Papers ({0})</source>
        <translation>材料（{0}）</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>缴费</translation>
    </message>
</context>
<context>
    <name>CaseListPage</name>
    <message>
        <source>Time limit</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>State</source>
        <translation>办件状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>受理编号</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号码</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收时间</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>申报方式</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Kept queries</source>
        <translation>保存的查询</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空条件</translation>
    </message>
    <message>
        <source>Keep this query</source>
        <translation>保存查询</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Under which name?</source>
        <translation>用什么名称？</translation>
    </message>
    <message>
        <source>{0} shown, counting…</source>
        <translation>已列出 {0} 件，正在计数…</translation>
    </message>
    <message>
        <source>No case meets these conditions.</source>
        <translation>没有符合条件的办件。</translation>
    </message>
    <message>
        <source>{0} of {1} cases</source>
        <translation>共 {1} 件，已列出 {0} 件</translation>
    </message>
    <message>
        <source>Kept queries ({0})</source>
        <translation>保存的查询（{0}）</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel 表格 (*.xlsx)</translation>
    </message>
    <message>
        <source>Word (*.docx)</source>
        <translation>Word 文档 (*.docx)</translation>
    </message>
    <message>
        <source>Text (*.csv)</source>
        <translation>文本 (*.csv)</translation>
    </message>
    <message>
        <source>cases</source>
        <translation>办件清单</translation>
    </message>
    <message>
        <source>{0} rows exported, with your name and the time.</source>
        <translation>已导出 {0} 行，文件上有导出人和时间。</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>In time</source>
        <translation>期限内</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>临期</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>Waits for papers</source>
        <translation>等待补正</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>按时办结</translation>
    </message>
    <message>
        <source>Answered late</source>
        <translation>超期办结</translation>
    </message>
    <message>
        <source> (holidays unknown)</source>
        <translation>（缺节假日表）</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未核验</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Not brought</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>To be reviewed</source>
        <translation>待审核受理</translation>
    </message>
    <message>
        <source>Originals to be verified</source>
        <translation>待核验原件</translation>
    </message>
    <message>
        <source>To be posted</source>
        <translation>待投递</translation>
    </message>
    <message>
        <source>To be collected</source>
        <translation>待揽收</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>不为空</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>from … to</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>online</source>
        <translation>网上</translation>
    </message>
    <message>
        <source>at the window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Person concerned</source>
        <translation>当事人</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代办人</translation>
    </message>
    <message>
        <source>Moves along</source>
        <translation>随迁人员</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>被投靠人</translation>
    </message>
    <message>
        <source>Householder</source>
        <translation>户主</translation>
    </message>
</context>
<context>
    <name>CasesView</name>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Deadlines and figures</source>
        <translation>临期与统计</translation>
    </message>
    <message>
        <source>Online applications</source>
        <translation>网上办件核验</translation>
    </message>
</context>
<context>
    <name>ChecksPanel</name>
    <message>
        <source>Checks</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Somebody was typed by hand and no reason is given.</source>
        <translation>有人是手工录入的，还没有写明原因。</translation>
    </message>
    <message>
        <source>{0} {1} has an unfinished case of this matter: {2}</source>
        <translation>{0} {1} 有同一事项的办件还没有办结：{2}</translation>
    </message>
    <message>
        <source>Form and mandatory materials are complete.</source>
        <translation>表单和必交材料齐全。</translation>
    </message>
    <message>
        <source>Made sure</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>The back end&apos;s registers do not answer: look at what they would have filled in.</source>
        <translation>后台资料没有回应：请核对本应由后台带出的内容。</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare with</source>
        <translation>与之比对</translation>
    </message>
    <message>
        <source>With a file</source>
        <translation>与文件比对</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原来</translation>
    </message>
    <message>
        <source>After</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>原来：</translation>
    </message>
    <message>
        <source>Nothing to compare with: choose a file.</source>
        <translation>没有可比对的标准，请选择文件。</translation>
    </message>
    <message>
        <source>{0} differences</source>
        <translation>{0} 处不同</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>没有不同</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Bigger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Turn the left one</source>
        <translation>旋转左图</translation>
    </message>
    <message>
        <source>Turn the right one</source>
        <translation>旋转右图</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>比对</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>and</source>
        <translation>且</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>And or or</source>
        <translation>且或</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>查询项</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Value to choose</source>
        <translation>可选值</translation>
    </message>
    <message>
        <source>Upper value</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Remove the condition</source>
        <translation>删除条件</translation>
    </message>
    <message>
        <source>several, with commas between</source>
        <translation>多个值用顿号或逗号分开</translation>
    </message>
    <message>
        <source>e.g. 2026-11-24</source>
        <translation>如 2026-11-24</translation>
    </message>
</context>
<context>
    <name>CropView</name>
    <message>
        <source>Original with crop frame</source>
        <translation>原片和裁切框</translation>
    </message>
</context>
<context>
    <name>DeclaredBar</name>
    <message>
        <source>not counted</source>
        <translation>未清点</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Throw the batch away</source>
        <translation>作废这一批</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不改</translation>
    </message>
    <message>
        <source>Pages in the pile</source>
        <translation>本批页数</translation>
    </message>
    <message>
        <source>Files in the pile</source>
        <translation>本批份数</translation>
    </message>
</context>
<context>
    <name>DeviceDetail</name>
    <message>
        <source>Find it and enter its address in the settings.</source>
        <translation>请在“设置”中查找设备并填写地址。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>最近成功</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近错误</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>Driver restarts</source>
        <translation>驱动重启次数</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>under way…</source>
        <translation>正在自检…</translation>
    </message>
    <message>
        <source>not made yet</source>
        <translation>还没有自检</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>not passed</source>
        <translation>未通过</translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message>
        <source>Not configured</source>
        <translation>没有设置</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>已发现</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>连接中…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙</translation>
    </message>
    <message>
        <source>Fault, tried again by itself</source>
        <translation>故障，正在自动重试</translation>
    </message>
    <message>
        <source>Blocked on this machine</source>
        <translation>本机策略禁用</translation>
    </message>
    <message>
        <source>Fault that stays</source>
        <translation>持续故障</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>厂家</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>固件</translation>
    </message>
    <message>
        <source>Security module</source>
        <translation>安全模块号</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Dots a line</source>
        <translation>每行点数</translation>
    </message>
    <message>
        <source>Battery, %</source>
        <translation>电量（%）</translation>
    </message>
    <message>
        <source>paper is there</source>
        <translation>有纸</translation>
    </message>
    <message>
        <source>paper nearly at its end, have a new roll at hand</source>
        <translation>纸将用完，请备好新纸卷</translation>
    </message>
    <message>
        <source>gives no answer; look whether the paper comes out</source>
        <translation>没有应答，请看是否出纸</translation>
    </message>
    <message>
        <source>out of paper</source>
        <translation>缺纸</translation>
    </message>
    <message>
        <source>cover open</source>
        <translation>盖子打开</translation>
    </message>
    <message>
        <source>cutter stuck</source>
        <translation>切刀卡住</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>脱机</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>故障</translation>
    </message>
</context>
<context>
    <name>DevicesView</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>Shift-start check</source>
        <translation>班前点检</translation>
    </message>
    <message>
        <source>Export diagnosis</source>
        <translation>导出诊断</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Shift-start check is due</source>
        <translation>该做班前点检了</translation>
    </message>
    <message>
        <source>Check signed at {0}.</source>
        <translation>点检已于 {0} 签名。</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>已写入：{0}</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>Nothing is printed for this case as it stands.</source>
        <translation>这件业务目前没有要打印的文书。</translation>
    </message>
    <message>
        <source>Back to the case</source>
        <translation>返回办件</translation>
    </message>
</context>
<context>
    <name>DraftsPanel</name>
    <message>
        <source>Open cases</source>
        <translation>未办完的</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Open cases: {0}</source>
        <translation>未办完：{0} 件</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>尚无申请人</translation>
    </message>
    <message>
        <source>told what to bring</source>
        <translation>已一次性告知</translation>
    </message>
</context>
<context>
    <name>EndingPage</name>
    <message>
        <source>Back to the case</source>
        <translation>返回办件</translation>
    </message>
</context>
<context>
    <name>ExceptionPanel</name>
    <message>
        <source>choose…</source>
        <translation>请选择……</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Note (needed for “other”)</source>
        <translation>说明（选“其他”时必填）</translation>
    </message>
    <message>
        <source>Second officer&apos;s account</source>
        <translation>第二名民警账号</translation>
    </message>
    <message>
        <source>Second officer&apos;s password</source>
        <translation>第二名民警密码</translation>
    </message>
    <message>
        <source>Both officers confirm</source>
        <translation>两名民警确认</translation>
    </message>
    <message>
        <source>Training mode: {0}, password {1}</source>
        <translation>训练模式：{0}，密码 {1}</translation>
    </message>
    <message>
        <source>Use the best press ({1}): {0}</source>
        <translation>{0}：用最好的一枚（{1} 分）</translation>
    </message>
    <message>
        <source>Below this site&apos;s score. Reason and both officers are kept with the print.</source>
        <translation>低于本地合格分。原因和两名民警随指纹一起保存。</translation>
    </message>
    <message>
        <source>Cannot be taken: {0}</source>
        <translation>{0}：无法采集</translation>
    </message>
    <message>
        <source>The next finger is asked for then. Reason and both officers are kept.</source>
        <translation>确认后改采下一指。原因和两名民警都会记录。</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核对……</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Keep this</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>不改</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>号牌号码</translation>
    </message>
    <message>
        <source>Kind of plate</source>
        <translation>号牌种类</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>车架号</translation>
    </message>
    <message>
        <source>Archive number</source>
        <translation>档案编号</translation>
    </message>
    <message>
        <source>Name of the owner or driver</source>
        <translation>所有人或驾驶人姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证明号码</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务类型</translation>
    </message>
    <message>
        <source>What file {0} is found by</source>
        <translation>档案 {0} 的检索信息</translation>
    </message>
    <message>
        <source>The check digit of this VIN does not agree: compare it with the paper.</source>
        <translation>这个车架号的校验位不符，请对照原件核对；进口或早年车辆可能如此。</translation>
    </message>
</context>
<context>
    <name>FactsForm</name>
    <message>
        <source>Empty: no end</source>
        <translation>留空：长期有效</translation>
    </message>
    <message>
        <source>Light and colour may be corrected</source>
        <translation>允许修正光线和色彩</translation>
    </message>
    <message>
        <source>May be retouched by hand</source>
        <translation>允许手工修图</translation>
    </message>
    <message>
        <source>Light is corrected without asking</source>
        <translation>自动修正光线，不再询问</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Standard id</source>
        <translation>标准编号</translation>
    </message>
    <message>
        <source>Photo purpose</source>
        <translation>照片用途</translation>
    </message>
    <message>
        <source>Department that demands it</source>
        <translation>所属部门（客户名称）</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>失效日期</translation>
    </message>
    <message>
        <source>Width × height (pixels)</source>
        <translation>宽 × 高（像素）</translation>
    </message>
    <message>
        <source>File size (bytes)</source>
        <translation>文件大小（字节）</translation>
    </message>
    <message>
        <source>Resolution (DPI)</source>
        <translation>分辨率（DPI）</translation>
    </message>
    <message>
        <source>Lowest JPEG quality</source>
        <translation>最低 JPEG 质量</translation>
    </message>
    <message>
        <source>Background, red green blue</source>
        <translation>背景色（红、绿、蓝）</translation>
    </message>
    <message>
        <source>Background rule</source>
        <translation>背景规则</translation>
    </message>
    <message>
        <source>Height (px)</source>
        <translation>高（像素）</translation>
    </message>
    <message>
        <source>Largest file (bytes)</source>
        <translation>最大文件（字节）</translation>
    </message>
    <message>
        <source>Sources, one a line</source>
        <translation>依据，每行一条</translation>
    </message>
</context>
<context>
    <name>FeePage</name>
    <message>
        <source>Fee items</source>
        <translation>收费项目</translation>
    </message>
    <message>
        <source>Code to pay with</source>
        <translation>缴款二维码</translation>
    </message>
    <message>
        <source>Back to the case</source>
        <translation>返回办件</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>取消订单</translation>
    </message>
    <message>
        <source>Print payment notice</source>
        <translation>打印缴款通知</translation>
    </message>
    <message>
        <source>Print bill</source>
        <translation>打印票据</translation>
    </message>
    <message>
        <source>Ask for the payment code</source>
        <translation>获取缴款码</translation>
    </message>
    <message>
        <source>Together {0} yuan</source>
        <translation>合计 {0} 元</translation>
    </message>
    <message>
        <source>Ask for the items</source>
        <translation>获取收费项目</translation>
    </message>
    <message>
        <source>Go on with the case</source>
        <translation>继续办理</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即查询</translation>
    </message>
    <message>
        <source>Nothing ordered yet</source>
        <translation>还没有下单</translation>
    </message>
    <message>
        <source>Tick what is to be paid, then ask for the payment code.</source>
        <translation>请勾选收费项目，再获取缴款码。</translation>
    </message>
    <message>
        <source>Being drawn…</source>
        <translation>正在生成样张…</translation>
    </message>
    <message>
        <source>To: {0}</source>
        <translation>执收单位：{0}</translation>
    </message>
    <message>
        <source>Pay until: {0}</source>
        <translation>缴费截止：{0}</translation>
    </message>
    <message>
        <source>Paid at: {0}</source>
        <translation>缴款时间：{0}</translation>
    </message>
    <message>
        <source>Bill: {0}</source>
        <translation>电子票据：{0}</translation>
    </message>
    <message>
        <source>not here yet, it is fetched by itself</source>
        <translation>还没有取到，会自动再取</translation>
    </message>
    <message>
        <source>Cancel this order? Its code must not be paid with any more.</source>
        <translation>取消这个订单吗？原缴款码不能再用来缴款。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>FieldEditor</name>
    <message>
        <source>Mend</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Mend {0}</source>
        <translation>更正{0}</translation>
    </message>
    <message>
        <source>Why is it changed by hand?</source>
        <translation>为什么手工更正？</translation>
    </message>
    <message>
        <source>on the left</source>
        <translation>左侧录入</translation>
    </message>
    <message>
        <source>card</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>back end</source>
        <translation>后台</translation>
    </message>
    <message>
        <source>earlier case</source>
        <translation>以前办件</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>手工</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Time limit</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>受理编号</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>State</source>
        <translation>办件状态</translation>
    </message>
    <message>
        <source>Due soon and overdue</source>
        <translation>临期和超期</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Seven days</source>
        <translation>近七天</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>answered of these</source>
        <translation>其中办结</translation>
    </message>
    <message>
        <source>late</source>
        <translation>超期办结</translation>
    </message>
    <message>
        <source>Cases of the last days</source>
        <translation>近日办件</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开办件</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Cases submitted in the span, as they stand now</source>
        <translation>所选时段提交的办件，按现在的状态</translation>
    </message>
    <message>
        <source>The last {0} days</source>
        <translation>最近 {0} 天</translation>
    </message>
    <message>
        <source>Handling time is calendar time from submission to answer.</source>
        <translation>办理时长按提交到办结的自然时间计算。</translation>
    </message>
    <message>
        <source>Due soon and overdue: {0}</source>
        <translation>临期和超期 {0} 件</translation>
    </message>
    <message>
        <source>Nothing is due soon or overdue.</source>
        <translation>没有临期或超期的办件。</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>申请量</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>办结量</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>Overdue, open</source>
        <translation>超期未办结</translation>
    </message>
    <message>
        <source>Share answered</source>
        <translation>办结率</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>按时办结率</translation>
    </message>
    <message>
        <source>Share overdue</source>
        <translation>超期率</translation>
    </message>
    <message>
        <source>Papers asked for</source>
        <translation>材料退回率</translation>
    </message>
    <message>
        <source>Mean handling time</source>
        <translation>平均办理时长</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} 小时</translation>
    </message>
    <message>
        <source>{0} days</source>
        <translation>{0} 天</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Files of the batch</source>
        <translation>本批次的档案</translation>
    </message>
    <message>
        <source>These pages belong to no file yet: choose them and press F8.</source>
        <translation>这些页面还不属于任何流水：请选中后按 F8。</translation>
    </message>
    <message>
        <source>{0} pages</source>
        <translation>{0} 页</translation>
    </message>
    <message>
        <source>Nobody’s pages</source>
        <translation>无主页面</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Kind of device</source>
        <translation>设备种类</translation>
    </message>
    <message>
        <source>network address, for example 192.168.1.20 or 192.168.1.20:9100</source>
        <translation>网络地址，例如 192.168.1.20 或 192.168.1.20:9100</translation>
    </message>
    <message>
        <source>Network address</source>
        <translation>网络地址</translation>
    </message>
    <message>
        <source>Devices found</source>
        <translation>找到的设备</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Add the network address</source>
        <translation>加入网络地址</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Put into the settings</source>
        <translation>写入设置</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Find devices</source>
        <translation>查找设备</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Nothing of this kind is to be seen. Check cable and power, or type a network address.</source>
        <translation>没有看到这类设备。请检查数据线和电源，或填写网络地址。</translation>
    </message>
    <message>
        <source>Trying {0}…</source>
        <translation>正在试用 {0}…</translation>
    </message>
    <message>
        <source>It answers: {0}</source>
        <translation>有应答：{0}</translation>
    </message>
    <message>
        <source>It is open but gives no answer.</source>
        <translation>已打开，但没有应答。</translation>
    </message>
</context>
<context>
    <name>FingerWords</name>
    <message>
        <source>Right hand</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>不采</translation>
    </message>
    <message>
        <source>this one now</source>
        <translation>现在采这枚</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已采</translation>
    </message>
    <message>
        <source>taken below the score</source>
        <translation>低于合格分，已采</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>注册失败</translation>
    </message>
    <message>
        <source>not there or injured</source>
        <translation>缺指、受伤等，未采</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>注册成功</translation>
    </message>
    <message>
        <source>Enrolment failed</source>
        <translation>注册失败</translation>
    </message>
    <message>
        <source>Not enrolled</source>
        <translation>未注册</translation>
    </message>
    <message>
        <source>{0}, estimated</source>
        <translation>{0}（估算）</translation>
    </message>
    <message>
        <source>try {0}</source>
        <translation>第 {0} 次</translation>
    </message>
    <message>
        <source>below {0}</source>
        <translation>低于 {0} 分</translation>
    </message>
    <message>
        <source>another finger, does not count</source>
        <translation>是别的手指，不计次数</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>未评分</translation>
    </message>
    <message>
        <source>officers {0} and {1}</source>
        <translation>民警 {0}、{1}</translation>
    </message>
</context>
<context>
    <name>FingersView</name>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Export record</source>
        <translation>导出记录</translation>
    </message>
</context>
<context>
    <name>FinishBar</name>
    <message>
        <source>Have it signed</source>
        <translation>请申请人签名</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>缴费</translation>
    </message>
    <message>
        <source>Nobody has signed yet.</source>
        <translation>还没有签名。</translation>
    </message>
    <message>
        <source>Signed at {0}.</source>
        <translation>已签名（{0}）。</translation>
    </message>
    <message>
        <source>The form was changed after it was signed. Have it signed again.</source>
        <translation>签名之后表单有改动，请重新签名。</translation>
    </message>
    <message>
        <source>This matter costs nothing.</source>
        <translation>本事项不收费。</translation>
    </message>
    <message>
        <source>No payment has been asked for.</source>
        <translation>没有收费订单。</translation>
    </message>
    <message>
        <source>First who is to pay: the applicant&apos;s name.</source>
        <translation>请先填写申请人姓名。</translation>
    </message>
</context>
<context>
    <name>FinishedPage</name>
    <message>
        <source>Later</source>
        <translation>稍后再采</translation>
    </message>
    <message>
        <source>Export record</source>
        <translation>导出记录</translation>
    </message>
    <message>
        <source>Export record (WSQ)</source>
        <translation>导出记录（WSQ）</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>All fingers are done</source>
        <translation>指纹采集完毕</translation>
    </message>
    <message>
        <source>ISO 19794-4. The file is not sealed: only for the system it is meant for.</source>
        <translation>ISO 19794-4 格式，文件未加密，只能交给指定的系统。</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>已写入：{0}</translation>
    </message>
</context>
<context>
    <name>HandoutPanel</name>
    <message>
        <source>Documents of this case</source>
        <translation>这件业务的文书</translation>
    </message>
    <message>
        <source>As it will be printed</source>
        <translation>打印样张</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Print as ticket</source>
        <translation>打印小票</translation>
    </message>
    <message>
        <source>Print on A4</source>
        <translation>打印 A4</translation>
    </message>
    <message>
        <source>{0} (printed {1}×)</source>
        <translation>{0}（已打印 {1} 次）</translation>
    </message>
    <message>
        <source>Being drawn…</source>
        <translation>正在生成样张…</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>第 {0} 页，共 {1} 页</translation>
    </message>
    <message>
        <source>Waiting for the printer…</source>
        <translation>正在等待打印机…</translation>
    </message>
    <message>
        <source>No A4 printer is set up: settings, “Document printer”.</source>
        <translation>没有设置 A4 打印机，请在设置中填写“文档打印机”。</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Name or ID number</source>
        <translation>姓名或身份证号码</translation>
    </message>
    <message>
        <source>Photo number</source>
        <translation>照片编号</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Print receipt again</source>
        <translation>补打回执</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Photo for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>入库时间</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>人次</translation>
    </message>
    <message>
        <source>Shots</source>
        <translation>拍摄张数</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>Daily figures</source>
        <translation>每日统计</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>No photo chosen</source>
        <translation>未选择照片</translation>
    </message>
    <message>
        <source>Daily figures of the last month</source>
        <translation>近一个月每日统计</translation>
    </message>
    <message>
        <source>Issued with reason</source>
        <translation>强制通过</translation>
    </message>
    <message>
        <source>{0} photos</source>
        <translation>{0} 张照片</translation>
    </message>
    <message>
        <source>The printer confirmed the receipt.</source>
        <translation>打印机已确认打出。</translation>
    </message>
    <message>
        <source>Not confirmed by the printer.</source>
        <translation>打印机没有确认。</translation>
    </message>
    <message>
        <source>From day, e.g. 2026-11-24</source>
        <translation>起始日期，如 2026-11-24</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待检</translation>
    </message>
    <message>
        <source>Withheld</source>
        <translation>已停用</translation>
    </message>
</context>
<context>
    <name>IntakeView</name>
    <message>
        <source>Tell the applicant once what to bring</source>
        <translation>一次性告知须补齐的材料</translation>
    </message>
    <message>
        <source>One line for each. The case is parked and taken up again when they come back.</source>
        <translation>每行一项。办件暂存，申请人补齐后恢复办理。</translation>
    </message>
    <message>
        <source>Told: park the case</source>
        <translation>已告知，暂存</translation>
    </message>
    <message>
        <source>Refuse the matter</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>The applicant gets this reason in writing.</source>
        <translation>此原因会书面告知申请人。</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Throw away {0} {1}? What was typed and scanned is erased.</source>
        <translation>丢弃 {0} {1}？录入和扫描的内容将被删除。</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove “{0}”?</source>
        <translation>移除“{0}”？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Keys on this screen</source>
        <translation>本页快捷键</translation>
    </message>
    <message>
        <source>Choose a shot</source>
        <translation>选择照片</translation>
    </message>
    <message>
        <source>Step through shots, move the crop</source>
        <translation>切换照片、移动裁切框</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>切换页面</translation>
    </message>
    <message>
        <source>Applicant&apos;s screen</source>
        <translation>申请人屏幕</translation>
    </message>
</context>
<context>
    <name>LeftOpen</name>
    <message>
        <source>Left open: {0}, {1}</source>
        <translation>未完成：{0}，{1}</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>LimitTable</name>
    <message>
        <source>Attribute</source>
        <translation>检测项</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>High</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Warn low</source>
        <translation>提醒下限</translation>
    </message>
    <message>
        <source>Warn high</source>
        <translation>提醒上限</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Must pass</source>
        <translation>必须合格</translation>
    </message>
    <message>
        <source>Source or reason</source>
        <translation>依据或理由</translation>
    </message>
    <message>
        <source>Write where this change comes from.</source>
        <translation>请写明这次修改的依据。</translation>
    </message>
</context>
<context>
    <name>LimitsPanel</name>
    <message>
        <source>Only what this standard sets itself</source>
        <translation>只看本标准自己规定的</translation>
    </message>
    <message>
        <source>Inspection module</source>
        <translation>检测模块</translation>
    </message>
    <message>
        <source>Attribute to add</source>
        <translation>要增加的检测项</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>Remove row</source>
        <translation>移除此行</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>All modules</source>
        <translation>全部检测模块</translation>
    </message>
    <message>
        <source>Write in the last column where this change comes from.</source>
        <translation>请在最后一列写明这次修改的依据。</translation>
    </message>
    <message>
        <source>Geometry and limits</source>
        <translation>几何与限值</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Jingchuang workstation</source>
        <translation>警窗工作站</translation>
    </message>
    <message>
        <source>Keys  F1</source>
        <translation>快捷键  F1</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照相</translation>
    </message>
    <message>
        <source>History</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>待发</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>TRAINING MODE</source>
        <translation>训练模式</translation>
    </message>
    <message>
        <source>Trail</source>
        <translation>检测流水</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Standards</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Fingers</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Intake</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>签到叫号</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账号</translation>
    </message>
</context>
<context>
    <name>ManualPage</name>
    <message>
        <source>Photo to be looked at</source>
        <translation>待人工检测的照片</translation>
    </message>
    <message>
        <source>Note; needed when not passed</source>
        <translation>说明；不合格时必填</translation>
    </message>
    <message>
        <source>Note of the manual inspection</source>
        <translation>人工检测说明</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Manual inspection: {0}</source>
        <translation>人工检测：{0}</translation>
    </message>
</context>
<context>
    <name>MaterialsPanel</name>
    <message>
        <source>Materials</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Look at</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Materials: {0} missing</source>
        <translation>材料：缺 {0} 项</translation>
    </message>
    <message>
        <source>The whole list comes from the back end.</source>
        <translation>完整清单以后台为准。</translation>
    </message>
    <message>
        <source>Further papers</source>
        <translation>其他材料</translation>
    </message>
    <message>
        <source>must</source>
        <translation>必交</translation>
    </message>
    <message>
        <source>may</source>
        <translation>选交</translation>
    </message>
    <message>
        <source>needed here</source>
        <translation>须交</translation>
    </message>
    <message>
        <source>depends</source>
        <translation>视情形</translation>
    </message>
    <message>
        <source>{0} there</source>
        <translation>已有 {0} 份</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Files of this material</source>
        <translation>选择这项材料的文件</translation>
    </message>
    <message>
        <source>Electronic licence</source>
        <translation>电子证照</translation>
    </message>
</context>
<context>
    <name>MatterPicker</name>
    <message>
        <source>Which matter?</source>
        <translation>办什么事？</translation>
    </message>
    <message>
        <source>Find a matter</source>
        <translation>查找事项</translation>
    </message>
    <message>
        <source>Pinyin initials, code or words of the name</source>
        <translation>拼音首字母、编号或名称中的字</translation>
    </message>
    <message>
        <source>Matters</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>{0} matters</source>
        <translation>{0} 个事项</translation>
    </message>
</context>
<context>
    <name>OutboxView</name>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Photo number</source>
        <translation>照片编号</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次重试</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>待发</translation>
    </message>
    <message>
        <source>Send this one again</source>
        <translation>重发这一项</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即上传</translation>
    </message>
    <message>
        <source>No photo library is configured; photos stay on this machine.</source>
        <translation>没有设置照片库，照片保存在本机。</translation>
    </message>
    <message>
        <source>Photo library reached. {0} waiting.</source>
        <translation>照片库已连通，{0} 项待传。</translation>
    </message>
    <message>
        <source>Photo library not reached. {0} waiting; they are sent by themselves.</source>
        <translation>照片库未连通，{0} 项待传，会自动重发。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>上传中</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Refused: look</source>
        <translation>被退回，请查看</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原片</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Held: pending</source>
        <translation>等待检测结果</translation>
    </message>
    <message>
        <source>Withheld: not sent</source>
        <translation>已停用，不上传</translation>
    </message>
    <message>
        <source>Question: inspection</source>
        <translation>检测申请</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Paper of a case</source>
        <translation>办件材料</translation>
    </message>
</context>
<context>
    <name>OutcomePage</name>
    <message>
        <source>Next person</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代办人</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>受理时间</translation>
    </message>
    <message>
        <source> (no holiday table for all of this time)</source>
        <translation>（其间有的年份没有节假日表）</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>缴费</translation>
    </message>
    <message>
        <source>Told and parked</source>
        <translation>已一次性告知，办件暂存</translation>
    </message>
</context>
<context>
    <name>OwnerBar</name>
    <message>
        <source>Serial number</source>
        <translation>流水号</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务类型</translation>
    </message>
    <message>
        <source>Put them there</source>
        <translation>移过去</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>不移动</translation>
    </message>
    <message>
        <source>This page and all behind it belong to</source>
        <translation>这一页及之后的属于</translation>
    </message>
    <message>
        <source>These belong to</source>
        <translation>这些页面属于</translation>
    </message>
</context>
<context>
    <name>PageWall</name>
    <message>
        <source>Pages of the file</source>
        <translation>档案页面</translation>
    </message>
</context>
<context>
    <name>PaperViewer</name>
    <message>
        <source>Paper</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>上一份</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一份</translation>
    </message>
    <message>
        <source>Back to the case</source>
        <translation>返回办件</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Paper beside it</source>
        <translation>比对材料</translation>
    </message>
    <message>
        <source>Left paper</source>
        <translation>左侧材料</translation>
    </message>
    <message>
        <source>Right paper</source>
        <translation>右侧材料</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Next on the right</source>
        <translation>右侧下一页</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Waiting for the printer…</source>
        <translation>正在等待打印机…</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>page {0} of {1}</source>
        <translation>第 {0} 页，共 {1} 页</translation>
    </message>
    <message>
        <source>uploaded</source>
        <translation>网上上传</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>scanned</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>photographed</source>
        <translation>拍摄</translation>
    </message>
    <message>
        <source>signed here</source>
        <translation>现场签名</translation>
    </message>
    <message>
        <source>electronic licence</source>
        <translation>电子证照</translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message>
        <source>Code to pay with</source>
        <translation>缴款二维码</translation>
    </message>
    <message>
        <source>Please wait for the payment code</source>
        <translation>正在获取缴款码，请稍候</translation>
    </message>
    <message>
        <source>Please scan to pay</source>
        <translation>请扫码缴款</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Being checked. Please do not pay twice.</source>
        <translation>正在核对，请勿重复缴款。</translation>
    </message>
    <message>
        <source>Paid. Thank you.</source>
        <translation>已缴款，谢谢。</translation>
    </message>
    <message>
        <source>Please do not pay now. Ask the officer.</source>
        <translation>请暂不要缴款，请询问工作人员。</translation>
    </message>
    <message>
        <source>To: {0}</source>
        <translation>执收单位：{0}</translation>
    </message>
    <message>
        <source>Pay until: {0}</source>
        <translation>缴费截止：{0}</translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Read card</source>
        <translation>读身份证</translation>
    </message>
    <message>
        <source>Read passport</source>
        <translation>读护照</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Lay the document flat on the reader…</source>
        <translation>请把证件平放在读卡区…</translation>
    </message>
    <message>
        <source>Read from the document. Compare it with the person.</source>
        <translation>已从证件读取，请与本人核对。</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>Whose document</source>
        <translation>谁的证件</translation>
    </message>
    <message>
        <source>Photo of the card</source>
        <translation>证件照片</translation>
    </message>
    <message>
        <source>Why by hand</source>
        <translation>手工录入原因</translation>
    </message>
    <message>
        <source>Reason, when typed by hand</source>
        <translation>手工录入时选择原因</translation>
    </message>
    <message>
        <source>Read from the document</source>
        <translation>读自证件</translation>
    </message>
    <message>
        <source>From the back end</source>
        <translation>来自后台</translation>
    </message>
    <message>
        <source>From an earlier case</source>
        <translation>来自以前办件</translation>
    </message>
    <message>
        <source>Typed by hand</source>
        <translation>手工录入</translation>
    </message>
    <message>
        <source>Compare with the live face</source>
        <translation>与本人比对</translation>
    </message>
    <message>
        <source>Looking at the face before the camera…</source>
        <translation>正在看相机前的人脸…</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>Not alike enough: look yourself</source>
        <translation>相似度不够，请自己看</translation>
    </message>
    <message>
        <source>{0:.3f}, limit {1:.3f}</source>
        <translation>{0:.3f}，限值 {1:.3f}</translation>
    </message>
    <message>
        <source>Several faces are before the camera.</source>
        <translation>相机前不止一张脸。</translation>
    </message>
    <message>
        <source>You decide.</source>
        <translation>请您判断。</translation>
    </message>
</context>
<context>
    <name>PhotoCard</name>
    <message>
        <source>Composing…</source>
        <translation>正在生成…</translation>
    </message>
    <message>
        <source>Real background kept.</source>
        <translation>保留实拍背景。</translation>
    </message>
</context>
<context>
    <name>PhotoStationView</name>
    <message>
        <source>Begin</source>
        <translation>开始拍摄</translation>
    </message>
    <message>
        <source>Shoot</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Choose this one</source>
        <translation>选定这张</translation>
    </message>
    <message>
        <source>Retake</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>From folder</source>
        <translation>本地照片</translation>
    </message>
    <message>
        <source>Applicant left</source>
        <translation>申请人离开</translation>
    </message>
    <message>
        <source>Shooting…</source>
        <translation>正在拍照…</translation>
    </message>
    <message>
        <source>No camera. Switch it on and connect its cable; it is found by itself.</source>
        <translation>没有相机。请打开相机并接好数据线，会自动连接。</translation>
    </message>
    <message>
        <source>Connecting to the camera…</source>
        <translation>正在连接相机…</translation>
    </message>
    <message>
        <source>The camera has a fault and is being connected again.</source>
        <translation>相机故障，正在重新连接。</translation>
    </message>
    <message>
        <source>Waiting for the picture…</source>
        <translation>等待画面…</translation>
    </message>
    <message>
        <source>This camera shows no live picture. Look through its finder and press Space.</source>
        <translation>这台相机没有实时画面，请看取景器后按空格拍照。</translation>
    </message>
    <message>
        <source>Shot {0}</source>
        <translation>第 {0} 张</translation>
    </message>
    <message>
        <source>Choose pictures</source>
        <translation>选择照片文件</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>照片文件</translation>
    </message>
    <message>
        <source>Best: shot {0}</source>
        <translation>最佳：第 {0} 张</translation>
    </message>
    <message>
        <source>Does shot {0} show somebody else?</source>
        <translation>第 {0} 张是不是拍了别人？</translation>
    </message>
    <message>
        <source>Good as it is</source>
        <translation>合格，可直接使用</translation>
    </message>
    <message>
        <source>Good: crop, background and light are mended when you choose it</source>
        <translation>可用：选中后自动修正裁切、背景和光线</translation>
    </message>
    <message>
        <source>Take it again and tell the applicant:</source>
        <translation>请重拍，并告诉申请人：</translation>
    </message>
</context>
<context>
    <name>PrintingView</name>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>份次</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Print jobs</source>
        <translation>打印任务</translation>
    </message>
    <message>
        <source>It is on paper</source>
        <translation>已打出</translation>
    </message>
    <message>
        <source>It is not on paper</source>
        <translation>没有打出</translation>
    </message>
    <message>
        <source>Not wanted any more</source>
        <translation>不再需要</translation>
    </message>
    <message>
        <source>Print a copy</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Queue ticket</source>
        <translation>取号单</translation>
    </message>
    <message>
        <source>Payment notice</source>
        <translation>缴款通知</translation>
    </message>
    <message>
        <source>Copy {0}</source>
        <translation>补打 {0}</translation>
    </message>
    <message>
        <source>First print</source>
        <translation>首次打印</translation>
    </message>
    <message>
        <source>Waits for the printer</source>
        <translation>等待打印机</translation>
    </message>
    <message>
        <source>Sent, not confirmed</source>
        <translation>已发送，未确认</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>已打印</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>打印失败</translation>
    </message>
    <message>
        <source>Never printed</source>
        <translation>未打印</translation>
    </message>
    <message>
        <source>Waiting for the printer…</source>
        <translation>正在等待打印机…</translation>
    </message>
    <message>
        <source>Receipt of acceptance</source>
        <translation>受理回执</translation>
    </message>
    <message>
        <source>Document (A4)</source>
        <translation>文书（A4）</translation>
    </message>
</context>
<context>
    <name>QueryBuilder</name>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Order {0}</source>
        <translation>排序 {0}</translation>
    </message>
    <message>
        <source>latest first</source>
        <translation>最近在前</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Before it</source>
        <translation>前面</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>办理业务</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>签到时间</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>叫号次数</translation>
    </message>
    <message>
        <source>Queue of today</source>
        <translation>今日排队</translation>
    </message>
    <message>
        <source>Call the next</source>
        <translation>叫下一位</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>回来了</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>Take the matter</source>
        <translation>开始办理</translation>
    </message>
    <message>
        <source>This window calls</source>
        <translation>本窗口叫号</translation>
    </message>
    <message>
        <source>Nobody is called. {0} waiting.</source>
        <translation>还没有叫号，{0} 人在等。</translation>
    </message>
    <message>
        <source>{0} is called: {1}. {2} waiting.</source>
        <translation>正在叫 {0} 号：{1}。{2} 人在等。</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>叫这一位</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>过号</translation>
    </message>
    <message>
        <source>Reprint</source>
        <translation>补打凭条</translation>
    </message>
</context>
<context>
    <name>RetouchCanvas</name>
    <message>
        <source>Picture to retouch: arrow keys move the brush, space sets it down</source>
        <translation>待修图片：方向键移动画笔，空格键落笔</translation>
    </message>
</context>
<context>
    <name>RetouchDialog</name>
    <message>
        <source>Retouch</source>
        <translation>修图</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>使用</translation>
    </message>
</context>
<context>
    <name>RetouchPanel</name>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Paints the background&apos;s colour</source>
        <translation>用背景颜色覆盖</translation>
    </message>
    <message>
        <source>Smart eraser</source>
        <translation>智能擦除</translation>
    </message>
    <message>
        <source>Removes what is under the brush and fills from the surroundings</source>
        <translation>擦除画笔涂过的物体，并根据周边信息填充</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>全部还原</translation>
    </message>
    <message>
        <source>Back to the picture without retouching; can be undone</source>
        <translation>恢复到未修图的照片，可撤销</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>调色</translation>
    </message>
    <message>
        <source>Erase by hand</source>
        <translation>手工擦除</translation>
    </message>
    <message>
        <source>The hatched face is protected: strokes there are refused. Tone acts everywhere.</source>
        <translation>斜线标出的面部受保护，不能在其上擦除；调色作用于整张照片。</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>锐度</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Preparing the picture…</source>
        <translation>正在准备照片…</translation>
    </message>
    <message>
        <source>Erased by hand: {0} % of the picture</source>
        <translation>手工擦除面积：占照片 {0} %</translation>
    </message>
    <message>
        <source>{0} % of the strokes lay on the protected face and were refused.</source>
        <translation>有 {0} % 的涂抹落在受保护的面部，未予执行。</translation>
    </message>
    <message>
        <source>Refused: the face is protected and is never erased.</source>
        <translation>未执行：面部受保护，不能擦除。</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Receipt</source>
        <translation>回执单</translation>
    </message>
    <message>
        <source>Reason for issuing although not passed</source>
        <translation>未合格仍要入库的理由</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存入库</translation>
    </message>
    <message>
        <source>Back to the shots</source>
        <translation>返回选片</translation>
    </message>
    <message>
        <source>Replace background</source>
        <translation>替换背景</translation>
    </message>
    <message>
        <source>Automatic crop</source>
        <translation>自动裁切</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Bigger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>左转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>右转</translation>
    </message>
    <message>
        <source>Opening the original…</source>
        <translation>正在打开原片…</translation>
    </message>
    <message>
        <source>Next person</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Saved. Photo numbers:</source>
        <translation>已入库，照片编号：</translation>
    </message>
    <message>
        <source>Press P to print the receipt.</source>
        <translation>按 P 打印回执单。</translation>
    </message>
    <message>
        <source>The printer confirmed the receipt.</source>
        <translation>打印机已确认打出。</translation>
    </message>
    <message>
        <source>Sent, but the printer gave no answer: look whether the paper came out.</source>
        <translation>已发送，但打印机没有回答，请看是否出纸。</translation>
    </message>
    <message>
        <source>Not printed.</source>
        <translation>没有打印。</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Retouch</source>
        <translation>修图</translation>
    </message>
    <message>
        <source>Reason of special inspection</source>
        <translation>特检原因</translation>
    </message>
    <message>
        <source>Reason of special inspection: choose or write</source>
        <translation>特检原因：请选择或填写</translation>
    </message>
    <message>
        <source>The photo library is checking the photos…</source>
        <translation>照片库正在检测照片……</translation>
    </message>
    <message>
        <source>Without an answer the photo is kept here as pending.</source>
        <translation>没有答复时，照片先存本机，记为待检。</translation>
    </message>
    <message>
        <source>The photo library has not answered yet; its answer is filled in later.</source>
        <translation>照片库尚未答复，结果以后自动补记。</translation>
    </message>
    <message>
        <source>The photo library passed this photo.</source>
        <translation>照片库检测合格。</translation>
    </message>
    <message>
        <source>pending: the photo library has not answered</source>
        <translation>待检：照片库尚未答复</translation>
    </message>
    <message>
        <source>withheld: the photo library refused it</source>
        <translation>已停用：照片库检测不合格</translation>
    </message>
    <message>
        <source>Photos and numbers are safe here. The receipt is printed once every photo has passed; see History.</source>
        <translation>照片和编号都已存本机。全部合格后才能打印回执，可在“查询”中补打。</translation>
    </message>
    <message>
        <source>Back to editing</source>
        <translation>返回修改</translation>
    </message>
    <message>
        <source>Waiting: it prints by itself as soon as the printer can.</source>
        <translation>正在排队：打印机能打印时自动打出。</translation>
    </message>
    <message>
        <source>Not printed, or not whole: look at the paper.</source>
        <translation>没有打印或没有打完：请看纸上。</translation>
    </message>
</context>
<context>
    <name>ScreenLock</name>
    <message>
        <source>The screen is locked. Your work is as you left it.</source>
        <translation>屏幕已锁定，工作原样保留。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Code of the token</source>
        <translation>动态口令</translation>
    </message>
    <message>
        <source>Unlock  ⏎</source>
        <translation>解锁  ⏎</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Serial number</source>
        <translation>流水号</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>号牌号码</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>车架号</translation>
    </message>
    <message>
        <source>Archive number</source>
        <translation>档案编号</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号</translation>
    </message>
    <message>
        <source>Scanned by</source>
        <translation>扫描人</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>所属部门</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Kind of files</source>
        <translation>档案种类</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>all files</source>
        <translation>全部档案</translation>
    </message>
    <message>
        <source>Vehicle files</source>
        <translation>机动车档案</translation>
    </message>
    <message>
        <source>Driver files</source>
        <translation>驾驶人档案</translation>
    </message>
    <message>
        <source>any state</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>业务类型</translation>
    </message>
    <message>
        <source>Plate, VIN or ID number</source>
        <translation>号牌、车架号或证件号</translation>
    </message>
    <message>
        <source>Scanned</source>
        <translation>扫描时间</translation>
    </message>
    <message>
        <source>Files found</source>
        <translation>查到的档案</translation>
    </message>
    <message>
        <source>Page looked at</source>
        <translation>当前页面</translation>
    </message>
    <message>
        <source>Why this file must be seen</source>
        <translation>调阅理由</translation>
    </message>
    <message>
        <source>Back to the batches</source>
        <translation>返回批次</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Search every department</source>
        <translation>跨部门查询</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>Save as JPEG</source>
        <translation>存为 JPEG</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Apply to see it</source>
        <translation>申请调阅</translation>
    </message>
    <message>
        <source>Save into</source>
        <translation>存到哪个文件夹</translation>
    </message>
    <message>
        <source>{0} {1}: {2} files, {3} pages, {4} sent</source>
        <translation>{0} {1}：{2} 份，{3} 页，已上传 {4} 份</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>没有查到。</translation>
    </message>
    <message>
        <source>page {0} of {1}</source>
        <translation>第 {0} 页，共 {1} 页</translation>
    </message>
    <message>
        <source>{0} files were saved.</source>
        <translation>已存好 {0} 个文件。</translation>
    </message>
    <message>
        <source>The application was sent.</source>
        <translation>调阅申请已提交。</translation>
    </message>
    <message>
        <source>Check stored pages</source>
        <translation>校验本机档案</translation>
    </message>
    <message>
        <source>{0} pages checked, {1} restored, {2} lost; </source>
        <translation>校验 {0} 页，恢复 {1} 页，丢失 {2} 页；</translation>
    </message>
    <message>
        <source>{0:.1f} GB here, {1:.1f} GB free, {2} pages not sent yet</source>
        <translation>本机 {0:.1f} GB，剩余 {1:.1f} GB，{2} 页尚未上传</translation>
    </message>
    <message>
        <source>Kind of plate</source>
        <translation>号牌种类</translation>
    </message>
    <message>
        <source>any kind of plate</source>
        <translation>全部号牌种类</translation>
    </message>
    <message>
        <source>Go to its batch</source>
        <translation>去所在批次</translation>
    </message>
</context>
<context>
    <name>SectionPanel</name>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>移除{0}</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>增加一行</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Kept; takes effect at the next start.</source>
        <translation>已保存，重新启动后生效。</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Find devices</source>
        <translation>查找设备</translation>
    </message>
    <message>
        <source>Kept. It is connected at the next sign-in; the camera with “Connect again”.</source>
        <translation>已保存。下次登录时连接；相机可点“重新连接”。</translation>
    </message>
</context>
<context>
    <name>ShiftPanel</name>
    <message>
        <source>Shift-start check</source>
        <translation>班前点检</translation>
    </message>
    <message>
        <source>All good</source>
        <translation>其余全部正常</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Faulty</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>what is wrong, what was done</source>
        <translation>哪里异常、怎样处理</translation>
    </message>
    <message>
        <source>Note: {0}</source>
        <translation>说明：{0}</translation>
    </message>
    <message>
        <source>No check has been signed on this computer yet.</source>
        <translation>这台电脑还没有签过点检。</translation>
    </message>
    <message>
        <source>Last signed {0} by {1}.</source>
        <translation>上次签名：{0}，{1}。</translation>
    </message>
    <message>
        <source>Faults were noted.</source>
        <translation>当时记有异常。</translation>
    </message>
    <message>
        <source>It is time to look again.</source>
        <translation>该再次点检了。</translation>
    </message>
</context>
<context>
    <name>ShotStrip</name>
    <message>
        <source>Shots</source>
        <translation>拍摄张数</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>检测中…</translation>
    </message>
</context>
<context>
    <name>SignBar</name>
    <message>
        <source>Second officer&apos;s account</source>
        <translation>第二名民警账号</translation>
    </message>
    <message>
        <source>Second officer&apos;s password</source>
        <translation>第二名民警密码</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签认</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>The second officer has seen the doubtful pages and takes them as they are.</source>
        <translation>第二名民警已看过存疑页面，同意照现状归档。</translation>
    </message>
    <message>
        <source>Training mode: {0}, password {1}</source>
        <translation>训练模式：{0}，密码 {1}</translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>Who signs in?</source>
        <translation>谁来签到？</translation>
    </message>
    <message>
        <source>Kind of number</source>
        <translation>号段</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>办理业务</translation>
    </message>
    <message>
        <source>Why by hand</source>
        <translation>手工录入原因</translation>
    </message>
    <message>
        <source>Reason, when typed by hand</source>
        <translation>手工录入时选择原因</translation>
    </message>
    <message>
        <source>Sign in and print</source>
        <translation>签到取号</translation>
    </message>
    <message>
        <source>Number {0}. No photo of the last year: once one is taken, the number joins the queue.</source>
        <translation>{0} 号。没有近一年的照片：请先照相，照完自动加入排队。</translation>
    </message>
    <message>
        <source>Number {0}, {1} before it.</source>
        <translation>{0} 号，前面还有 {1} 人。</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in  ⏎</source>
        <translation>登录  ⏎</translation>
    </message>
    <message>
        <source>Training mode: the training account is filled in. Press Enter.</source>
        <translation>训练模式：已填好训练账号，按回车登录。</translation>
    </message>
    <message>
        <source>First account</source>
        <translation>建立第一个账号</translation>
    </message>
    <message>
        <source>This machine is new. Choose the administrator&apos;s account and a password of at least 8 characters.</source>
        <translation>这是新机器。请设置管理员账号，以及至少 8 位的密码。</translation>
    </message>
    <message>
        <source>Your own account; it is written into every photo.</source>
        <translation>请用本人账号，会记入每张照片。</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再输一次新密码</translation>
    </message>
    <message>
        <source>Code of the token</source>
        <translation>动态口令</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Sign here with the pen, a finger or the mouse</source>
        <translation>请用笔、手指或鼠标在此签名</translation>
    </message>
</context>
<context>
    <name>SignaturePanel</name>
    <message>
        <source>Please sign: {what}</source>
        <translation>请签名：{what}</translation>
    </message>
    <message>
        <source>Undo stroke</source>
        <translation>撤销一笔</translation>
    </message>
    <message>
        <source>Sign afresh</source>
        <translation>重新签名</translation>
    </message>
    <message>
        <source>Do not sign now</source>
        <translation>暂不签名</translation>
    </message>
    <message>
        <source>The signature is right</source>
        <translation>确认签名</translation>
    </message>
    <message>
        <source>Sign on the line with the pen, a finger or the mouse.</source>
        <translation>请用笔、手指或鼠标在横线上签名。</translation>
    </message>
    <message>
        <source>That is only a dot. Please write your whole name.</source>
        <translation>只有一个点，请签写完整姓名。</translation>
    </message>
    <message>
        <source>That is too short for a signature. Please write your whole name.</source>
        <translation>笔迹太短，请签写完整姓名。</translation>
    </message>
    <message>
        <source>If the signature is right, confirm it; otherwise sign afresh.</source>
        <translation>签名无误请确认；要重写请按“重新签名”。</translation>
    </message>
</context>
<context>
    <name>SigningPage</name>
    <message>
        <source>Back to the case</source>
        <translation>返回办件</translation>
    </message>
    <message>
        <source>Sign at this window</source>
        <translation>在本窗口屏幕签名</translation>
    </message>
    <message>
        <source>The applicant signs on their screen: {0}</source>
        <translation>申请人正在申请人屏幕上签名：{0}</translation>
    </message>
</context>
<context>
    <name>StandardPreview</name>
    <message>
        <source>Drawing of the standard&apos;s geometry</source>
        <translation>标准几何示意图</translation>
    </message>
</context>
<context>
    <name>StandardSheet</name>
    <message>
        <source>Limits</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>其他说法</translation>
    </message>
    <message>
        <source>{0}×{1} pixels, {2} DPI</source>
        <translation>{0}×{1} 像素，{2} DPI</translation>
    </message>
    <message>
        <source>{0}–{1} KB, version {2}</source>
        <translation>{0}–{1} KB，版本 {2}</translation>
    </message>
    <message>
        <source>In force from {0}</source>
        <translation>{0} 起生效</translation>
    </message>
    <message>
        <source>In force {0} to {1}</source>
        <translation>{0} 至 {1} 有效</translation>
    </message>
    <message>
        <source>Used by strategies: {0}</source>
        <translation>使用它的策略：{0}</translation>
    </message>
    <message>
        <source>No strategy uses it.</source>
        <translation>没有策略使用它。</translation>
    </message>
    <message>
        <source>Parts of the standard</source>
        <translation>标准的各部分</translation>
    </message>
</context>
<context>
    <name>Standards</name>
    <message>
        <source>Household</source>
        <translation>户政</translation>
    </message>
    <message>
        <source>Exit and entry</source>
        <translation>出入境</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>交管</translation>
    </message>
    <message>
        <source>Social security</source>
        <translation>社保</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>身体</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Covering of the face</source>
        <translation>面部遮挡</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁切</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>着装饰物</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>眼睛</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Head size and place</source>
        <translation>头部大小和位置</translation>
    </message>
    <message>
        <source>Glasses</source>
        <translation>眼镜</translation>
    </message>
    <message>
        <source>Genuineness</source>
        <translation>真实性</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>姿势</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>儿童</translation>
    </message>
    <message>
        <source>Glasses every day</source>
        <translation>常戴眼镜</translation>
    </message>
    <message>
        <source>Headwear</source>
        <translation>头饰</translation>
    </message>
    <message>
        <source>Disability</source>
        <translation>残疾</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>出厂</translation>
    </message>
    <message>
        <source>Local override</source>
        <translation>本机替代</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>{0} 起生效</translation>
    </message>
    <message>
        <source>Over since {0}</source>
        <translation>{0} 已失效</translation>
    </message>
    <message>
        <source>Came with the program.</source>
        <translation>随软件提供。</translation>
    </message>
    <message>
        <source>Signed by a key trusted here: {0}</source>
        <translation>已签名，签名者受信任：{0}</translation>
    </message>
    <message>
        <source>Signed by a key unknown here: {0}</source>
        <translation>已签名，但本机不认识签名者：{0}</translation>
    </message>
    <message>
        <source>Not signed.</source>
        <translation>未签名。</translation>
    </message>
    <message>
        <source>The signature does not fit: the file was altered.</source>
        <translation>签名与文件不符，文件被改动过。</translation>
    </message>
    <message>
        <source>lower limit</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>upper limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>warns below</source>
        <translation>低于此值提醒</translation>
    </message>
    <message>
        <source>warns above</source>
        <translation>高于此值提醒</translation>
    </message>
    <message>
        <source>must pass</source>
        <translation>必须合格</translation>
    </message>
    <message>
        <source>source</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>why not chosen</source>
        <translation>未采用的理由</translation>
    </message>
    <message>
        <source>what it says</source>
        <translation>说法</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Standard id</source>
        <translation>标准编号</translation>
    </message>
    <message>
        <source>Photo purpose</source>
        <translation>照片用途</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>所属部门</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>失效日期</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Width (px)</source>
        <translation>宽（像素）</translation>
    </message>
    <message>
        <source>Height (px)</source>
        <translation>高（像素）</translation>
    </message>
    <message>
        <source>Resolution (DPI)</source>
        <translation>分辨率（DPI）</translation>
    </message>
    <message>
        <source>Smallest file (bytes)</source>
        <translation>最小文件（字节）</translation>
    </message>
    <message>
        <source>Largest file (bytes)</source>
        <translation>最大文件（字节）</translation>
    </message>
    <message>
        <source>Lowest JPEG quality</source>
        <translation>最低 JPEG 质量</translation>
    </message>
    <message>
        <source>Background colour</source>
        <translation>背景色</translation>
    </message>
    <message>
        <source>Other colours that pass</source>
        <translation>其他可通过的背景色</translation>
    </message>
    <message>
        <source>Background rule</source>
        <translation>背景规则</translation>
    </message>
    <message>
        <source>Correct light and colour</source>
        <translation>修正光线和色彩</translation>
    </message>
    <message>
        <source>Retouch by hand</source>
        <translation>手工修图</translation>
    </message>
    <message>
        <source>Correct light without asking</source>
        <translation>自动修正光线</translation>
    </message>
    <message>
        <source>Alternative</source>
        <translation>其他说法</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>may be replaced</source>
        <translation>可以替换</translation>
    </message>
    <message>
        <source>stays as photographed</source>
        <translation>保持实拍</translation>
    </message>
</context>
<context>
    <name>StandardsView</name>
    <message>
        <source>Name or department</source>
        <translation>名称或部门</translation>
    </message>
    <message>
        <source>Search standards by name or department</source>
        <translation>按名称或部门查询照片标准</translation>
    </message>
    <message>
        <source>Photo standards</source>
        <translation>照片标准</translation>
    </message>
    <message>
        <source>No standard has these words in its name or department.</source>
        <translation>没有名称或部门含有这些字的标准。</translation>
    </message>
    <message>
        <source>New from this</source>
        <translation>由此新建</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比对</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验签</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Only an administrator may change standards.</source>
        <translation>只有管理员可以修改照片标准。</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>文件无法读取</translation>
    </message>
    <message>
        <source>What you typed is not saved.</source>
        <translation>填写的内容还没有保存。</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>移开</translation>
    </message>
    <message>
        <source>The shipped standard of that id is not offered either until this file is mended or set aside.</source>
        <translation>在改正或移开这个文件之前，同编号的随软件标准也不会使用。</translation>
    </message>
    <message>
        <source>New, from {0}</source>
        <translation>新建，源自“{0}”</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Version {0} is kept. Sessions under way go on with the former one; the next begins with it.</source>
        <translation>已保存为 {0} 版。正在进行的拍摄仍按原来的标准，下一位开始按新的标准。</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>You answer for it.</source>
        <translation>由您负责。</translation>
    </message>
    <message>
        <source>Have the signer read this key to you: {0}</source>
        <translation>请向签名单位逐位核对公钥：{0}</translation>
    </message>
    <message>
        <source>Trust the key and take it</source>
        <translation>信任公钥并导入</translation>
    </message>
    <message>
        <source>In force here</source>
        <translation>本机现用</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>{0} is new here.</source>
        <translation>{0} 是新标准。</translation>
    </message>
    <message>
        <source>{0} takes the place of version {1}; {2} differences.</source>
        <translation>{0} 将替换 {1} 版，共 {2} 处不同。</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>已导出：{0}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Set the file {0} aside? A shipped standard of that id is in force again.</source>
        <translation>把文件 {0} 移开吗？同编号的随软件标准将重新生效。</translation>
    </message>
    <message>
        <source>Delete the local “{0}”? The shipped version {1} is in force again.</source>
        <translation>删除本机的“{0}”吗？随软件的 {1} 版将重新生效。</translation>
    </message>
    <message>
        <source>Delete “{0}”? Photos made by it are kept.</source>
        <translation>删除“{0}”吗？按它制作的照片都会保留。</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>确认删除</translation>
    </message>
    <message>
        <source>Done. The shipped version {0} is in force again.</source>
        <translation>已删除，随软件的 {0} 版重新生效。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>As it is kept</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>Shipped version {0}</source>
        <translation>随软件的 {0} 版</translation>
    </message>
</context>
<context>
    <name>StartForm</name>
    <message>
        <source>Who is photographed?</source>
        <translation>给谁拍照？</translation>
    </message>
    <message>
        <source>Photo for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Regular: shot by shot</source>
        <translation>常规：逐张拍摄</translation>
    </message>
    <message>
        <source>Burst: for children and the restless</source>
        <translation>连拍：适合小孩等不配合的人</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>儿童</translation>
    </message>
    <message>
        <source>Wears glasses every day</source>
        <translation>常戴眼镜</translation>
    </message>
    <message>
        <source>Religious headwear</source>
        <translation>宗教习俗头饰</translation>
    </message>
    <message>
        <source>Disability or injury</source>
        <translation>残疾或伤病</translation>
    </message>
    <message>
        <source>Exceptions for this applicant</source>
        <translation>例外情形</translation>
    </message>
</context>
<context>
    <name>StationBox</name>
    <message>
        <source>Move {0} earlier</source>
        <translation>{0}前移</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>移除{0}</translation>
    </message>
    <message>
        <source>Move {0} later</source>
        <translation>{0}后移</translation>
    </message>
</context>
<context>
    <name>StationFlow</name>
    <message>
        <source>Add station</source>
        <translation>加入工位</translation>
    </message>
    <message>
        <source>Shot taken</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Photo issued</source>
        <translation>制证</translation>
    </message>
    <message>
        <source>Add {0}</source>
        <translation>加入{0}</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>No camera</source>
        <translation>没有相机</translation>
    </message>
    <message>
        <source>Camera connecting</source>
        <translation>相机连接中</translation>
    </message>
    <message>
        <source>Camera ready</source>
        <translation>相机就绪</translation>
    </message>
    <message>
        <source>Shooting</source>
        <translation>拍摄中</translation>
    </message>
    <message>
        <source>Camera fault</source>
        <translation>相机故障</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>没有打印机</translation>
    </message>
    <message>
        <source>No photo library, {0} kept here</source>
        <translation>未设照片库，本机存 {0} 项</translation>
    </message>
    <message>
        <source>Library not reached, {0} waiting</source>
        <translation>照片库未连通，{0} 项待传</translation>
    </message>
    <message>
        <source>{0} waiting to be sent</source>
        <translation>{0} 项待上传</translation>
    </message>
    <message>
        <source>All sent</source>
        <translation>全部已上传</translation>
    </message>
    <message>
        <source>Printer connecting</source>
        <translation>打印机连接中</translation>
    </message>
    <message>
        <source>Printer not ready</source>
        <translation>打印机不可用</translation>
    </message>
    <message>
        <source>Printer: look at the devices</source>
        <translation>打印机需要处理</translation>
    </message>
    <message>
        <source>Printer ready</source>
        <translation>打印机就绪</translation>
    </message>
    <message>
        <source>Shift-start check is due</source>
        <translation>该做班前点检了</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Opinion</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>Opinion or reason</source>
        <translation>意见或原因</translation>
    </message>
    <message>
        <source>A reason is needed for: {0}</source>
        <translation>须写原因：{0}</translation>
    </message>
    <message>
        <source>This case is at its end; nothing more can happen to it.</source>
        <translation>办件已到终点，不能再做其他操作。</translation>
    </message>
    <message>
        <source>Write the reason for “{0}” first.</source>
        <translation>请先写“{0}”的原因。</translation>
    </message>
    <message>
        <source>“{0}” ends the case as “{1}” and cannot be taken back. Do it?</source>
        <translation>“{0}”后办件为“{1}”，不能撤回。确定办理？</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>先不办</translation>
    </message>
</context>
<context>
    <name>Strategies</name>
    <message>
        <source>Algorithm</source>
        <translation>算法检测</translation>
    </message>
    <message>
        <source>Back end</source>
        <translation>一所检测</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>人工检测</translation>
    </message>
    <message>
        <source>this machine judges</source>
        <translation>本机算法自动判定</translation>
    </message>
    <message>
        <source>the photo library judges</source>
        <translation>后端（照片库）判定</translation>
    </message>
    <message>
        <source>an officer looks</source>
        <translation>民警查看判定</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Self-service booth</source>
        <translation>自助照相设备</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>户政</translation>
    </message>
    <message>
        <source>Exit and entry</source>
        <translation>出入境</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>交管</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>StrategiesView</name>
    <message>
        <source>Name or department</source>
        <translation>策略名称或部门</translation>
    </message>
    <message>
        <source>Search strategies by name or department</source>
        <translation>按策略名称或部门查询</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存入库</translation>
    </message>
    <message>
        <source>Only an administrator may change strategies.</source>
        <translation>只有管理员可以修改策略。</translation>
    </message>
    <message>
        <source>What you typed is not saved.</source>
        <translation>当前修改尚未保存。</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>移开</translation>
    </message>
    <message>
        <source>A new strategy: fill in the form, then save.</source>
        <translation>新策略：填好表单后保存。</translation>
    </message>
    <message>
        <source>Saved as version {0}.</source>
        <translation>已保存为第 {0} 版。</translation>
    </message>
    <message>
        <source>Set the file {0} aside? A shipped strategy of that name is in force again.</source>
        <translation>把文件 {0} 移开？若有同名的出厂策略，它将重新生效。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Delete “{0}”? Photos taken under it are kept.</source>
        <translation>删除策略“{0}”？用它拍过的照片不受影响。</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>确认删除</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>文件无法读取</translation>
    </message>
</context>
<context>
    <name>StrategyForm</name>
    <message>
        <source>Empty: the station&apos;s own</source>
        <translation>留空表示本机设置的照片库</translation>
    </message>
    <message>
        <source>Empty: any device. Several with commas between.</source>
        <translation>留空表示任何设备；多台用逗号分开</translation>
    </message>
    <message>
        <source>This camera</source>
        <translation>当前相机</translation>
    </message>
    <message>
        <source>Bind to the connected camera</source>
        <translation>绑定当前连接的相机</translation>
    </message>
    <message>
        <source>Inspection stations, in the photo&apos;s order</source>
        <translation>质检工位顺序（照片流程）</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>策略名（中文）</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>策略名（英文）</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>所属部门</translation>
    </message>
    <message>
        <source>Photo purpose</source>
        <translation>照片用途</translation>
    </message>
    <message>
        <source>Device type</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Bound to devices</source>
        <translation>绑定设备</translation>
    </message>
    <message>
        <source>Photo library</source>
        <translation>照片库</translation>
    </message>
    <message>
        <source>Photo standards</source>
        <translation>照片标准</translation>
    </message>
    <message>
        <source>Rule for acceptance numbers</source>
        <translation>受理编号规则</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Example: {0}</source>
        <translation>示例：{0}</translation>
    </message>
    <message>
        <source>No number can be made by this rule.</source>
        <translation>按这条规则无法生成编号。</translation>
    </message>
    <message>
        <source>Every photo needs a reason of special inspection</source>
        <translation>每张照片须写特检原因</translation>
    </message>
    <message>
        <source>Issue before the back end has answered</source>
        <translation>后端检测答复前即可出证</translation>
    </message>
</context>
<context>
    <name>TakingPage</name>
    <message>
        <source>Later</source>
        <translation>稍后再采</translation>
    </message>
    <message>
        <source>Cannot be taken…</source>
        <translation>无法采集……</translation>
    </message>
    <message>
        <source>Take this finger</source>
        <translation>采这一枚</translation>
    </message>
    <message>
        <source>all {0} tries used up</source>
        <translation>{0} 次已用完</translation>
    </message>
    <message>
        <source>Press: {0}</source>
        <translation>请按：{0}</translation>
    </message>
    <message>
        <source>try {0} of {1}</source>
        <translation>第 {0} 次，共 {1} 次</translation>
    </message>
    <message>
        <source>Waiting for the finger…</source>
        <translation>等待手指……</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止……</translation>
    </message>
    <message>
        <source>Use the best one…</source>
        <translation>用最好的一枚……</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Scanner: {0}</source>
        <translation>指纹仪：{0}</translation>
    </message>
    <message>
        <source>No fingerprint scanner is configured. Find it in the settings.</source>
        <translation>没有设置指纹采集仪，请在“设置”中查找。</translation>
    </message>
    <message>
        <source>Waiting for the picture…</source>
        <translation>等待画面……</translation>
    </message>
    <message>
        <source>Press Space, then lay the finger flat on the middle of the window.</source>
        <translation>按空格键，然后请把手指平放在采集窗中央。</translation>
    </message>
    <message>
        <source>pass score {0}</source>
        <translation>合格分 {0}</translation>
    </message>
    <message>
        <source>{0} (estimated)</source>
        <translation>{0} 分（估算）</translation>
    </message>
    <message>
        <source>✓ {0} taken: {1}</source>
        <translation>✓ {0} 已采：{1}</translation>
    </message>
    <message>
        <source>{0}: {1}, pass score {2}</source>
        <translation>{0}：{1}，合格分 {2}</translation>
    </message>
</context>
<context>
    <name>Trail</name>
    <message>
        <source>Pending</source>
        <translation>待检</translation>
    </message>
</context>
<context>
    <name>TrailDetail</name>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Inspection stations</source>
        <translation>质检工位</translation>
    </message>
    <message>
        <source>Why not passed</source>
        <translation>不合格原因</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Photo for</source>
        <translation>照片类型</translation>
    </message>
    <message>
        <source>Photo number</source>
        <translation>受理编号</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号码</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Special inspection</source>
        <translation>特检原因</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>相片大小</translation>
    </message>
    <message>
        <source>{0} KB</source>
        <translation>{0} KB</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>算法检测</translation>
    </message>
    <message>
        <source>Back end</source>
        <translation>后端检测</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>人工检测</translation>
    </message>
    <message>
        <source>Photo library</source>
        <translation>照片入库</translation>
    </message>
    <message>
        <source>Changed by {0}: {1} ({2})</source>
        <translation>{0} 改判：{1}（{2}）</translation>
    </message>
    <message>
        <source>Note of {0}: {1}</source>
        <translation>{0} 标注：{1}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>TrailView</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Photo for</source>
        <translation>照片类型</translation>
    </message>
    <message>
        <source>Photo number</source>
        <translation>受理编号</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号码</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>检测结果</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>不合格原因</translation>
    </message>
    <message>
        <source>Special inspection</source>
        <translation>特检原因</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Inspection trail</source>
        <translation>检测流水</translation>
    </message>
    <message>
        <source>Judged picture</source>
        <translation>被检测照片</translation>
    </message>
    <message>
        <source>No entry chosen</source>
        <translation>未选择记录</translation>
    </message>
    <message>
        <source>From day, e.g. 2026-11-24</source>
        <translation>起始日期，如 2026-11-24</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Department or terminal</source>
        <translation>部门或终端</translation>
    </message>
    <message>
        <source>Reason of special inspection</source>
        <translation>特检原因</translation>
    </message>
    <message>
        <source>Any photo type</source>
        <translation>全部照片类型</translation>
    </message>
    <message>
        <source>Any verdict</source>
        <translation>全部检测结果</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Any reason</source>
        <translation>全部不合格原因</translation>
    </message>
    <message>
        <source>Any duration</source>
        <translation>全部耗时</translation>
    </message>
    <message>
        <source>{0} – {1} s</source>
        <translation>{0} – {1} 秒</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Change verdict</source>
        <translation>人工改判</translation>
    </message>
    <message>
        <source>Bigger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>What is abnormal?</source>
        <translation>有什么异常？</translation>
    </message>
    <message>
        <source>New verdict: {0}. Why?</source>
        <translation>改判为：{0}。原因？</translation>
    </message>
    <message>
        <source>{0} rows exported.</source>
        <translation>已导出 {0} 条。</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Special picture</source>
        <translation>特检图片</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原片</translation>
    </message>
    <message>
        <source>{0} pictures, {1} passed, {2} not passed, {3} pending.</source>
        <translation>共 {0} 张，合格 {1} 张，不合格 {2} 张，待检 {3} 张。</translation>
    </message>
</context>
<context>
    <name>TriesList</name>
    <message>
        <source>Presses</source>
        <translation>每次采集</translation>
    </message>
</context>
<context>
    <name>VerdictList</name>
    <message>
        <source>Checks</source>
        <translation>检测项</translation>
    </message>
</context>
<context>
    <name>VerificationPage</name>
    <message>
        <source>What waits</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号码</translation>
    </message>
    <message>
        <source>Platform number</source>
        <translation>办件编号</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Applicant&apos;s ID number</source>
        <translation>申请人身份证号码</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Online applications</source>
        <translation>网上办件核验</translation>
    </message>
    <message>
        <source>Uploaded paper</source>
        <translation>上传的材料</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原件</translation>
    </message>
    <message>
        <source>Papers to compare</source>
        <translation>要核对的材料</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>上传的材料</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Not brought</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>Put the original in</source>
        <translation>放入原件影像</translation>
    </message>
    <message>
        <source>Number on the post&apos;s label</source>
        <translation>邮政面单号码</translation>
    </message>
    <message>
        <source>Receive and send now</source>
        <translation>立即收发</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Asking the platform…</source>
        <translation>正在联系平台…</translation>
    </message>
    <message>
        <source>{0} applications: {1}</source>
        <translation>{1}：{0} 件</translation>
    </message>
    <message>
        <source>No application waits here: {0}</source>
        <translation>没有办件：{0}</translation>
    </message>
    <message>
        <source>No application chosen</source>
        <translation>未选择办件</translation>
    </message>
    <message>
        <source>Nothing was uploaded</source>
        <translation>没有上传材料</translation>
    </message>
    <message>
        <source>Uploaded: {0}</source>
        <translation>上传：{0}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Hold the original beside it, or put its picture in (F).</source>
        <translation>请拿原件对照，或放入原件影像（F）。</translation>
    </message>
    <message>
        <source>No back end is set: online applications do not arrive.</source>
        <translation>没有设置后端，收不到网上办件。</translation>
    </message>
    <message>
        <source>Not connected ({0}) What arrived can be worked on; answers are sent later.</source>
        <translation>平台未连接（{0}）已收到的办件照常办理，答复恢复后自动发送。</translation>
    </message>
    <message>
        <source>Connecting to the platform…</source>
        <translation>正在连接平台…</translation>
    </message>
    <message>
        <source>Connected, last looked at {0}.</source>
        <translation>已连接平台，最近收发 {0}。</translation>
    </message>
    <message>
        <source>Answers to be sent: {0}.</source>
        <translation>待发送的答复 {0} 条。</translation>
    </message>
    <message>
        <source>Not received whole: {0} ({1}).</source>
        <translation>没有收全 {0} 件（{1}）。</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.tif *.bmp)</source>
        <translation>图片 (*.jpg *.jpeg *.png *.tif *.bmp)</translation>
    </message>
    <message>
        <source>Page back</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Slip for the post, documents</source>
        <translation>投递信息单、文书</translation>
    </message>
</context>
<context>
    <name>WhoForm</name>
    <message>
        <source>Whose fingerprints are taken?</source>
        <translation>采谁的指纹？</translation>
    </message>
    <message>
        <source>Right hand first, then left; thumb, index, middle, ring, little. One finger of each hand.</source>
        <translation>先右手后左手；拇指、食指、中指、环指、小指的顺序；左右手各一枚。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Passed, look</source>
        <translation>合格，请留意</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Cannot tell</source>
        <translation>无法判定</translation>
    </message>
    <message>
        <source>Photo first</source>
        <translation>先照相</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>已叫号</translation>
    </message>
    <message>
        <source>At the window</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>Missed the call</source>
        <translation>过号</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>It prints by itself as soon as the printer can. Look at its paper and cover.</source>
        <translation>打印机恢复后会自动打印，请检查纸张和上盖。</translation>
    </message>
    <message>
        <source>The printer has not said that it was printed. Look at the paper and say which.</source>
        <translation>打印机没有确认是否打出，请看纸面后选择。</translation>
    </message>
    <message>
        <source>Printed. A copy is numbered and marked as a copy.</source>
        <translation>已打印。补打的每一份都会编号并标明“补打”。</translation>
    </message>
    <message>
        <source>A part of it may be on paper: throw that away and print a copy.</source>
        <translation>纸面上可能只有一部分，请作废后补打。</translation>
    </message>
    <message>
        <source>It waited too long or was not wanted. Print it again from its own screen.</source>
        <translation>等待过久或已取消，请在原来的界面重新打印。</translation>
    </message>
    <message>
        <source>Being cancelled</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>Code asked for</source>
        <translation>正在获取缴款码</translation>
    </message>
    <message>
        <source>To be paid</source>
        <translation>待缴款</translation>
    </message>
    <message>
        <source>Not known whether paid</source>
        <translation>是否缴款不明</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已缴款</translation>
    </message>
    <message>
        <source>Code expired</source>
        <translation>缴款码已过期</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Order refused</source>
        <translation>下单未被接受</translation>
    </message>
    <message>
        <source>The finance system has not said yet that it is cancelled. Nobody is to pay with this code.</source>
        <translation>财政系统还没有确认取消，请勿再用这个缴款码缴款。</translation>
    </message>
    <message>
        <source>The order is kept here and the finance system is asked again by itself. Nothing is ordered twice.</source>
        <translation>订单已存在本机，会自动再向财政系统获取，不会重复下单。</translation>
    </message>
    <message>
        <source>The applicant scans the code or pays with its number. This page notices it by itself.</source>
        <translation>请申请人扫码或凭缴款码缴款，缴款后本页会自动更新。</translation>
    </message>
    <message>
        <source>The finance system does not say whether it was paid. Let nobody pay twice; it is asked again by itself.</source>
        <translation>财政系统暂时没有说明是否已缴款。请勿重复缴款，会自动继续查询。</translation>
    </message>
    <message>
        <source>The finance system says that the money has come in.</source>
        <translation>财政系统已确认收款。</translation>
    </message>
    <message>
        <source>Nobody paid in time. Ask for a new code if the fee is still to be paid.</source>
        <translation>逾期未缴。仍需缴费的请重新获取缴款码。</translation>
    </message>
    <message>
        <source>Nobody is to pay with the old code. A new one can be asked for.</source>
        <translation>原缴款码不能再用，可以重新获取。</translation>
    </message>
    <message>
        <source>Nothing was ordered. Check the items, then ask for the code again.</source>
        <translation>没有下单。请核对收费项目后重新获取缴款码。</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>Sections</source>
        <translation>表单各节</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Tell and park</source>
        <translation>告知并暂存</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>What is lacking</source>
        <translation>去补全</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>不予受理…</translation>
    </message>
    <message>
        <source>Back end needed</source>
        <translation>须联网办理</translation>
    </message>
    <message>
        <source>Tell what to bring</source>
        <translation>一次性告知</translation>
    </message>
    <message>
        <source>Make sure first</source>
        <translation>请先核实</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>受理</translation>
    </message>
</context>
<context>
    <name>YesNoControl</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
</TS>
