import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('study_sessions', '0011_ledger_imports'),
        ('units', '0007_throttle_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='unitreport',
            name='ideology_paper',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='意识形态工作责任制文件'),
        ),
        migrations.AddField(
            model_name='unitreport',
            name='in_ideology',
            field=models.BooleanField(blank=True, null=True, verbose_name='纳入意识形态工作责任制'),
        ),
        migrations.AddField(
            model_name='unitreport',
            name='in_party_building',
            field=models.BooleanField(blank=True, null=True, verbose_name='纳入党建工作责任制'),
        ),
        migrations.AddField(
            model_name='unitreport',
            name='party_building_paper',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='党建工作责任制文件'),
        ),
        migrations.AlterField(
            model_name='outcome',
            name='kind',
            field=models.CharField(choices=[('research_topic', '课题'), ('leaders_remark', '领导批示'), ('internal_reference', '内参'), ('article', '理论文章'), ('award', '获奖'), ('measure', '转化举措'), ('site_meeting', '现场会'), ('external_result', '外部考核评价结果')], max_length=20, verbose_name='类型'),
        ),
        migrations.CreateModel(
            name='ReportNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='通知标题')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('kind', models.CharField(choices=[('half_year', '半年报告'), ('annual', '年度总结')], max_length=10, verbose_name='报告类别')),
                ('due', models.DateField(verbose_name='报送期限')),
                ('requirements', models.TextField(blank=True, verbose_name='要求')),
                ('issued_at', models.DateTimeField(verbose_name='发出时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('categories', models.ManyToManyField(blank=True, related_name='report_notices', to='units.category', verbose_name='发至单位类别')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发出人')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_notices', to='units.unit', verbose_name='部门')),
            ],
            options={
                'verbose_name': '报告通知',
                'verbose_name_plural': '报告通知',
                'ordering': ['-year', 'kind', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('root', 'year', 'kind'), name='report_notice_one_stands')],
            },
        ),
    ]
